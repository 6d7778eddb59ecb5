package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// `bin/sonde` of the assembled distribution as a process of its own, without a terminal. Scripts
/// and commands before it replace themselves by it, so its process id is the one started here.
final class SondeProcess implements AutoCloseable {

  static final String EXECUTABLE =
      Path.of(System.getProperty("sonde.distribution"))
          .toAbsolutePath()
          .normalize()
          .resolve("bin/sonde")
          .toString();

  /// What would change what the device does or prints: where its home is, what the JVM says that it
  /// picked up, and a service manager's, under which the tests themselves may run.
  private static final Set<String> NOT_INHERITED =
      Set.of(
          "SONDE_HOME",
          "SONDE_JAVA_OPTS",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "NOTIFY_SOCKET",
          "WATCHDOG_USEC",
          "WATCHDOG_PID");

  private final List<String> command;
  private final Process process;
  private final Path out;
  private final Path err;

  private SondeProcess(List<String> command, Process process, Path out, Path err) {
    this.command = command;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /// Starts `bin/sonde`.
  ///
  /// @param output an existing folder for what it prints
  /// @param words command and options
  static SondeProcess start(Path output, String... words) throws IOException {
    return startBehind(List.of(), output, List.of(words));
  }

  /// Starts `bin/sonde run --headless` with a home of its own.
  ///
  /// @param home is made if it is missing; what it prints goes beside it
  /// @param options further ones
  static SondeProcess headless(Path home, String... options) throws IOException {
    return headlessBehind(List.of(), home, options);
  }

  /// As [#headless], through another command that replaces itself by it.
  ///
  /// @param before that command, such as `ip netns exec NAME`
  static SondeProcess headlessBehind(List<String> before, Path home, String... options)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("run", "--headless", "--home", home.toString()));
    words.addAll(List.of(options));
    return startBehind(before, home.getParent(), words);
  }

  /// Starts `bin/sonde exec`.
  static SondeProcess exec(Path home, String command) throws IOException {
    return start(home.getParent(), "exec", command, "--home", home.toString());
  }

  private static SondeProcess startBehind(List<String> before, Path output, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(EXECUTABLE);
    command.addAll(words);
    Path out = Files.createTempFile(output, "out", ".txt");
    Path err = Files.createTempFile(output, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeAll(NOT_INHERITED);
    // Where sockets lie, which a killed process leaves behind.
    builder.environment().put("XDG_RUNTIME_DIR", output.toString());
    builder.environment().put("SONDE_JAVA_HOME", System.getProperty("java.home"));
    return new SondeProcess(command, builder.start(), out, err);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  /// Waits for something that this process is to do; fails at once if it ends before.
  void await(String what, Callable<Boolean> condition) throws Exception {
    TestDevice.await(
        what + "; " + command,
        () -> {
          boolean alive = isAlive();
          if (condition.call()) {
            return true;
          }
          assertThat(alive).as("waiting for %s: %s", what, this).isTrue();
          return false;
        });
  }

  /// Waits until an event of a topic is in the log of a home directory.
  JsonNode awaitEvent(Path home, String topic) throws Exception {
    await(topic, () -> !events(home, topic).isEmpty());
    return events(home, topic).getLast();
  }

  /// The events of one topic that are in the log of a home directory.
  static List<JsonNode> events(Path home, String topic) throws IOException {
    return TestDevice.loggedEvents(home).stream()
        .filter(event -> event.get("topic").asText().equals(topic))
        .map(event -> event.get("event"))
        .toList();
  }

  /// Waits until the shell can be reached from outside.
  void awaitShell(Path home) throws Exception {
    await("the command socket", () -> Files.exists(home.resolve("data/exec.socket")));
  }

  /// Waits for the end.
  ///
  /// @return the exit code
  int awaitExit() throws Exception {
    boolean ended = process.waitFor(TestDevice.DEADLINE.toSeconds(), TimeUnit.SECONDS);
    assertThat(ended).as("ended: %s", this).isTrue();
    return process.exitValue();
  }

  /// Sends a signal.
  ///
  /// @param name as `kill` knows it
  void signal(String name) throws Exception {
    Tool.run("kill", "-" + name, String.valueOf(pid()));
  }

  /// The only line on standard error, which is for the user: no stack trace, no class names.
  String onlyErrorLine() throws IOException {
    String text = err();
    assertThat(text).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(text.lines()).as("standard error of %s", this).hasSize(1);
    return text.strip();
  }

  @Override
  public String toString() {
    try {
      return command + "\n--- out\n" + out() + "--- err\n" + err();
    } catch (IOException e) {
      return command + " " + e;
    }
  }

  /// Ends it, whatever it does.
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
