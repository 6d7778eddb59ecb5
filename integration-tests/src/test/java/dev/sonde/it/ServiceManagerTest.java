package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The device as a service of systemd: what it tells through `NOTIFY_SOCKET`. The other side is a
/// socket of another program.
class ServiceManagerTest {

  /// Writes down each datagram and, in front, the process that sent it, as the kernel says.
  private static final String LISTEN =
      """
      import socket, struct, sys
      name, heard = sys.argv[1:]
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
      s.bind(name.replace('@', '\\0', 1))
      with open(heard, 'w', 1) as f:
          f.write('ready\\n')
          while True:
              data, rest, flags, sender = s.recvmsg(4096, 1024)
              pid = struct.unpack('3i', rest[0][2])[0]
              f.write(str(pid) + ' ' + data.decode().replace('\\n', '; ') + '\\n')
      """;

  @TempDir Path folder;
  private Path home;
  private Path heard;
  private Process listener;

  @BeforeEach
  void nameFiles() {
    home = folder.resolve("home");
    heard = folder.resolve("heard");
  }

  private void listen(String socket) throws Exception {
    Prerequisites.requireCommand("python3", "python3");
    listener =
        new ProcessBuilder("python3", "-c", LISTEN, socket, heard.toString()).inheritIO().start();
    TestDevice.await("the listener", () -> Files.exists(heard));
  }

  @AfterEach
  void endListener() {
    listener.destroyForcibly().onExit().join();
  }

  private SondeProcess service(String socket, String... variables) throws Exception {
    List<String> env = new java.util.ArrayList<>(List.of("env", "NOTIFY_SOCKET=" + socket));
    env.addAll(List.of(variables));
    return SondeProcess.headlessBehind(env, home, "--source", "sample");
  }

  private List<String> heardFrom(SondeProcess sonde) throws Exception {
    String own = sonde.pid() + " ";
    return Files.readAllLines(heard).stream()
        .filter(line -> line.startsWith(own))
        .map(line -> line.substring(own.length()))
        .toList();
  }

  private void await(SondeProcess sonde, String line) throws Exception {
    sonde.await(line, () -> heardFrom(sonde).contains(line));
  }

  private void tellsItsWholeLife(String socket) throws Exception {
    listen(socket);
    try (SondeProcess sonde = service(socket)) {
      await(sonde, "READY=1; STATUS=Runs");
      sonde.signal("TERM");
      sonde.awaitExit();
      assertThat(heardFrom(sonde))
          .containsExactly(
              "STATUS=Starting", "READY=1; STATUS=Runs", "STOPPING=1; STATUS=Stopping");
      assertThat(sonde.err()).isEmpty();
    }
  }

  @Test
  void shouldTellThatItStartsRunsAndStops() throws Exception {
    tellsItsWholeLife(folder.resolve("notify").toString());
  }

  @Test
  void shouldTellAnAbstractSocket() throws Exception {
    tellsItsWholeLife("@sonde-test-" + ProcessHandle.current().pid());
  }

  @Test
  void shouldFeedTheWatchdogOnlyWhileTheBusDelivers() throws Exception {
    String socket = folder.resolve("notify").toString();
    listen(socket);
    try (SondeProcess sonde = service(socket, "WATCHDOG_USEC=400000")) {
      sonde.await(
          "several", () -> heardFrom(sonde).stream().filter("WATCHDOG=1"::equals).count() > 3);
      var commands = new SondeCommands(home);
      assertThat(commands.shell("stop " + bridge(commands))).isBlank();
      await(sonde, "STATUS=The bus does not deliver");
      assertThat(heardFrom(sonde).getLast()).doesNotContain("WATCHDOG");
      assertThat(commands.shell("start " + bridge(commands))).isBlank();
      await(sonde, "WATCHDOG=1; STATUS=Runs");
      assertThat(SondeProcess.events(home, "sonde/module/BEAT")).isEmpty();
    }
  }

  /// The bundle's number.
  private static String bridge(SondeCommands commands) throws Exception {
    return commands
        .shell("lb -s eventadmin-bridge")
        .lines()
        .filter(line -> line.contains("dev.sonde.eventadmin-bridge"))
        .map(line -> line.replaceFirst("[^\\d]*(\\d+).*", "$1"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldRunWhereNobodyListens() throws Exception {
    listener = new ProcessBuilder("true").start();
    try (SondeProcess sonde = service(folder.resolve("nobody").toString())) {
      sonde.awaitShell(home);
      sonde.await("its complaint", () -> sonde.err().contains("systemd was not told"));
    }
  }
}
