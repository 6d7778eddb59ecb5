package dev.sonde.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `bin/sonde` with made-up runtimes, whose `java` prints what it is given.
class StartScriptTest {

  @TempDir Path directory;
  private Path script;
  private Path tools;

  private record Result(int code, String out, String err) {}

  @BeforeEach
  void copyScripts() throws IOException {
    for (String file : List.of("bin/sonde", "lib/jdk.sh")) {
      Path target = directory.resolve("sonde").resolve(file);
      Files.createDirectories(target.getParent());
      Files.copy(Path.of("src/main/dist").resolve(file), target);
    }
    script = directory.resolve("sonde/bin/sonde");
    linkTools();
  }

  /// A PATH that has what the script calls, and no Java of this machine.
  private void linkTools() throws IOException {
    tools = Files.createDirectory(directory.resolve("tools"));
    for (String tool : List.of("cat", "dirname", "readlink", "sed")) {
      program(tools.resolve(tool), "PATH=/usr/bin:/bin exec %s \"$@\"".formatted(tool));
    }
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Path runtime(String place, String version) throws IOException {
    Path java = directory.resolve(place).resolve("bin/java");
    Files.createDirectories(java.getParent());
    program(java, "echo " + place + "; for a; do echo \"[$a]\"; done");
    Files.writeString(
        directory.resolve(place).resolve("release"),
        "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nJAVA_VERSION_DATE=\"2026-01-01\"\n");
    return directory.resolve(place);
  }

  private Result start(List<String> environment, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("/usr/bin/env", "-i", "PATH=" + tools));
    command.add("SONDE_JAVA_PLACES=" + directory + "/places/*");
    command.addAll(environment);
    command.addAll(List.of("/bin/sh", script.toString()));
    command.addAll(List.of(arguments));
    Path err = directory.resolve("err");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    process.outputWriter().close();
    String out = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), out, Files.readString(err));
  }

  @Test
  void shouldSayWhatToInstallWhenThereIsNoJdk() throws Exception {
    Result result = start(List.of("JAVA_HOME=" + runtime("old", "17.0.15")), "run");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("needs a JDK 25 or newer")
        .contains("Java 17 in " + directory.resolve("old"))
        .contains("sudo apt install openjdk-25-jdk-headless")
        .contains("temurin-25-jdk");
  }

  @Test
  void shouldPassOverRuntimesThatAreTooOld() throws Exception {
    runtime("places/a", "21.0.2");
    runtime("places/b", "25");
    runtime("places/c", "26.0.1");

    assertThat(start(List.of("JAVA_HOME=" + runtime("old", "17.0.15"))).out())
        .startsWith("places/b\n");
  }

  @Test
  void shouldPreferTheOneThatIsNamed() throws Exception {
    runtime("places/b", "25.0.3");
    Path named = runtime("named", "27-ea");

    assertThat(
            start(List.of("SONDE_JAVA_HOME=" + named, "JAVA_HOME=" + runtime("other", "25"))).out())
        .startsWith("named\n");
  }

  @Test
  void shouldFindTheOneOnThePath() throws Exception {
    Path onPath = runtime("path", "25.0.1").resolve("bin");

    assertThat(start(List.of("PATH=" + onPath + ":" + tools)).out()).startsWith("path\n");
  }

  @Test
  void shouldHandOverArgumentsAsTheyAre() throws Exception {
    runtime("places/b", "25");

    assertThat(start(List.of(), "exec", "bus:post 'a  b' *").out())
        .endsWith("[dev.sonde.launcher.Main]\n[exec]\n[bus:post 'a  b' *]\n");
  }

  @Test
  void shouldSayThatThereIsNoTerminal() throws Exception {
    runtime("places/b", "25");

    assertThat(start(List.of("SONDE_JAVA_OPTS=-Xmx1g -Da=b"), "run").out())
        .contains("[-Dsonde.terminal=false]")
        .contains("[-Xmx1g]\n[-Da=b]");
  }

  @Test
  void shouldBeFoundThroughALink() throws Exception {
    runtime("places/b", "25");
    Path link = Files.createSymbolicLink(directory.resolve("link"), script);
    script = link;

    assertThat(start(List.of(), "--version").out())
        .contains("[-Dsonde.distribution=" + directory.toRealPath().resolve("sonde") + "]");
  }
}
