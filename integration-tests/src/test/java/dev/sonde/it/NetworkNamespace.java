package dev.sonde.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A network namespace of a test's own, in a user namespace of its own: nothing is sent on, or
/// heard from, the network around, and no privilege is needed where the system lets its users make
/// such. A process holds it open.
final class NetworkNamespace implements AutoCloseable {

  private static final List<String> UNSHARE =
      List.of("unshare", "--user", "--map-root-user", "--net", "--mount");

  private static final List<String> ENTER =
      List.of("nsenter", "--preserve-credentials", "--user", "--net", "--mount", "--target");

  /// The interfaces of the namespace are to be seen in `/sys`, too, where that may be mounted.
  private static final String HOLD =
      "mount -t sysfs sysfs /sys 2>/dev/null; ip link set lo up; echo ready; exec sleep 3600";

  private static final String NO_IPV6 = "echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6";

  private final List<String> before;
  private final Process holder;

  private NetworkNamespace(List<String> before, Process holder) {
    this.before = before;
    this.holder = holder;
  }

  /// Makes one; skips the test where that is not possible.
  ///
  /// @param before a command that gives privileges away and goes on with what follows it
  static NetworkNamespace open(String... before) throws IOException {
    Prerequisites.requireCommand("unshare", "util-linux");
    Prerequisites.requireCommand("ip", "iproute2");
    List<String> command = new ArrayList<>(List.of(before));
    command.addAll(UNSHARE);
    command.addAll(List.of("sh", "-c", HOLD));
    Process holder = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader out = holder.inputReader();
    String said = String.valueOf(out.readLine());
    if (!said.equals("ready")) {
      holder.destroy();
    }
    Prerequisites.require(said.equals("ready"), "no network namespace can be made here: " + said);
    return new NetworkNamespace(List.of(before), holder);
  }

  /// What a command begins with that is to run inside; it replaces itself by the command.
  List<String> inside() {
    List<String> command = new ArrayList<>(before);
    command.addAll(ENTER);
    command.add(String.valueOf(holder.pid()));
    return command;
  }

  private String[] inside(String... command) {
    return Stream.concat(inside().stream(), Arrays.stream(command)).toArray(String[]::new);
  }

  /// Runs a command inside to its end; fails if it does.
  ///
  /// @return what it printed
  String run(String... command) throws Exception {
    return Tool.run(inside(command));
  }

  /// Starts a command inside.
  Process start(String... command) throws IOException {
    return new ProcessBuilder(inside(command)).redirectErrorStream(true).start();
  }

  /// A pair of interfaces of which each hears what the other sends, up and silent.
  void addPair(String one, String other) throws Exception {
    run("ip", "link", "add", one, "type", "veth", "peer", "name", other);
    if (Files.exists(Path.of("/proc/sys/net/ipv6"))) {
      run("sh", "-c", NO_IPV6); // Else the kernel says hello on a link that comes up.
    }
    for (String link : List.of(one, other)) {
      run("ip", "link", "set", link, "arp", "off", "up");
    }
  }

  /// Sends the frames of a capture.
  void replay(Path capture, String link) throws Exception {
    run("tcpreplay", "--quiet", "--pps=1000", "-i", link, capture.toString());
  }

  @Override
  public void close() {
    holder.destroy();
  }
}
