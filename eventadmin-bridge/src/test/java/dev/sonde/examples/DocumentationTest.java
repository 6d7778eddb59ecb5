package dev.sonde.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every fence of Java in a README or in a `///` comment compiles. Those examples that are parts of
/// tests are compared with them when the documentation is built.
///
/// A fence that names its package is a whole file. One that declares a type at the beginning of a
/// line is given the imports of a module. Any other is what a method says that has a `context`.
class DocumentationTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> NOT_SOURCES = Set.of("target", ".git", "home");

  private static final Pattern FENCE = Pattern.compile("(?ms)^( *(?:/// ?)?)```java\\R(.*?)```");
  private static final Pattern FILE = Pattern.compile("(?m)^package ");
  private static final Pattern TYPE =
      Pattern.compile("(?m)^((public|final|sealed|abstract) )*(class|record|interface|enum) ");

  private static final String IMPORTS =
      """
      import dev.sonde.bus.*;
      import dev.sonde.event.input.*;
      import dev.sonde.event.module.*;
      import dev.sonde.event.network.*;
      import java.time.*;
      import org.osgi.service.component.annotations.*;
      """;

  private static final String BODY =
      "class Body { void of(ModuleContext context) throws Exception {\n%s}}";

  @TempDir private Path classes;

  /// An example and where it stands.
  record Fence(String place, String code) {
    private String unit() {
      if (FILE.matcher(code).find()) {
        return code;
      }
      return IMPORTS + (TYPE.matcher(code).find() ? code : BODY.formatted(code));
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldCompile() throws IOException {
    List<Fence> fences = sources().stream().flatMap(DocumentationTest::fencesOf).toList();
    assertThat(fences).extracting(Fence::place).anyMatch(place -> place.startsWith("README.md:"));
    return fences.stream()
        .map(fence -> DynamicTest.dynamicTest(fence.place(), () -> compile(fence)));
  }

  private static List<Path> sources() throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_SOURCES.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".md") || file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static Stream<Fence> fencesOf(Path file) {
    try {
      String text = Files.readString(file);
      return FENCE.matcher(text).results().map(fence -> fenceOf(file, text, fence));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fence fenceOf(Path file, String text, MatchResult match) {
    long line = text.substring(0, match.start()).lines().count() + 1;
    String prefix = "(?m)^" + Pattern.quote(match.group(1).stripTrailing()) + " ?";
    String code =
        match.group(1).contains("///") ? match.group(2).replaceAll(prefix, "") : match.group(2);
    return new Fence(ROOT.relativize(file) + ":" + line, code);
  }

  private void compile(Fence fence) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString());
    boolean compiled =
        compiler.getTask(messages, null, null, options, null, List.of(new Unit(fence))).call();
    assertThat(compiled).as("%s%n%s%n%s", fence.place(), fence.unit(), messages).isTrue();
  }

  private static final class Unit extends SimpleJavaFileObject {
    private final String code;

    Unit(Fence fence) {
      super(URI.create("string:///Fence.java"), Kind.SOURCE);
      this.code = fence.unit();
    }

    @Override
    public boolean isNameCompatible(String simpleName, JavaFileObject.Kind kind) {
      return true; // a public class may have any name here
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }
}
