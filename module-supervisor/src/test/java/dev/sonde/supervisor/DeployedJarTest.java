package dev.sonde.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Version;

class DeployedJarTest {

  private static final byte[] FOR_JAVA_99 = {
    (byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, (byte) (44 + 99)
  };
  private static final byte[] NOTHING = {};

  @TempDir Path folder;

  /// Writes entries.
  private interface Content {
    void write(JarOutputStream out) throws IOException;
  }

  private static Content entry(String name, byte[] bytes) {
    return out -> {
      out.putNextEntry(new JarEntry(name));
      out.write(bytes);
      out.closeEntry();
    };
  }

  private static byte[] jar(String symbolicName, Content content) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", symbolicName);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
      content.write(out);
    }
    return bytes.toByteArray();
  }

  private DeployedJar read(byte[] jar) throws Exception {
    return DeployedJar.read(Files.write(folder.resolve("some.jar"), jar));
  }

  private DeployedJar read(Content content) throws Exception {
    return read(jar("acme", content));
  }

  private void refuses(byte[] jar, String problem) {
    assertThatExceptionOfType(Unusable.class)
        .isThrownBy(() -> read(jar))
        .withMessageContaining(problem);
  }

  private void refuses(Content content, String problem) throws IOException {
    refuses(jar("acme", content), problem);
  }

  @Test
  void shouldTakeANameWithDirectivesAndNoVersion() throws Exception {
    DeployedJar jar = read(jar(" com.acme.pump-1 ;singleton:=true", out -> {}));

    assertThat(jar.symbolicName()).isEqualTo("com.acme.pump-1");
    assertThat(jar.version()).isEqualTo(Version.emptyVersion);
    assertThat(jar.signature().signers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "../a", "a/b", "a..b", ".a"})
  void shouldRefuseWhatIsNoSymbolicName(String name) throws Exception {
    refuses(jar(name, out -> {}), "is no symbolic name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out", "in/../../out", "in/..", "/etc/passwd", "..\\out", "a\0b"})
  void shouldRefuseNamesThatPointOutOfTheJarAlsoInAJarInside(String name) throws Exception {
    refuses(entry(name, NOTHING), "points out of the jar");
    refuses(entry("lib/inner.jar", jar("inner", entry(name, NOTHING))), "points out of the jar");
  }

  @Test
  void shouldTakeNamesThatOnlyLookAsIfTheyPointedOut() throws Exception {
    assertThat(read(entry("a/..b/c../...", NOTHING)).symbolicName()).isEqualTo("acme");
  }

  /// The framework would take one of them, and who looks at the jar the other.
  @Test
  void shouldRefuseTwoEntriesOfOneName() throws Exception {
    byte[] jar =
        jar(
            "acme",
            out -> {
              entry("a/one.txt", NOTHING).write(out);
              entry("a/two.txt", NOTHING).write(out);
            });
    String bytes = new String(jar, StandardCharsets.ISO_8859_1);

    refuses(
        bytes.replace("a/two.txt", "a/one.txt").getBytes(StandardCharsets.ISO_8859_1),
        "two entries a/one.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a text", "a longer text", "\u00ca\u00fe\u00ba\u00be\0\0"})
  void shouldRefuseAClassThatIsNone(String bytes) throws Exception {
    refuses(
        entry("a/B.class", bytes.getBytes(StandardCharsets.ISO_8859_1)),
        "a/B.class in it is no class");
  }

  @Test
  void shouldLeaveClassesForLaterVersionsToLaterVersions() throws Exception {
    refuses(entry("a/B.class", FOR_JAVA_99), "is for Java 99");
    assertThat(read(entry("META-INF/versions/99/a/B.class", FOR_JAVA_99)).symbolicName())
        .isEqualTo("acme");
  }

  @Test
  void shouldRefuseMoreEntriesThanAnyModuleHasAlsoInAJarInside() throws Exception {
    byte[] many =
        jar(
            "many",
            out -> {
              for (int number = 0; number < 65_535; number++) {
                out.putNextEntry(new JarEntry("e" + number));
              }
            });

    refuses(many, "more than 65535 entries");
    refuses(entry("lib/inner.jar", many), "more than 65535 entries");
  }

  @Test
  void shouldReadEachEntryAgainstItsChecksum() throws Exception {
    byte[] jar = jar("acme", entry("a.txt", "some text".getBytes(StandardCharsets.US_ASCII)));
    String bytes = new String(jar, StandardCharsets.ISO_8859_1);
    int content = bytes.lastIndexOf("a.txt", bytes.indexOf("PK\1\2")) + "a.txt".length();
    jar[content + 2] ^= 0x10;

    refuses(jar, "no complete jar");
  }
}
