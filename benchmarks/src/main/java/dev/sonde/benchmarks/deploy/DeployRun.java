package dev.sonde.benchmarks.deploy;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// One contender in a JVM of its own: new jars are moved into its folder one after the other, then
/// newer versions of a jar while events are published.
public final class DeployRun {

  private static final int WARM_UP = 3;

  /// A jar comes at any moment between two looks of File Install.
  private static final int LONGEST_PAUSE_MILLIS = 1_000;

  private final Peer peer;
  private final Listening listening = Listening.open();
  private final int count;
  private final Random random;

  private DeployRun(Peer peer, int count, long seed) {
    this.peer = peer;
    this.count = WARM_UP + count;
    this.random = new Random(seed);
  }

  /// Arguments: contender, folder, how often, seed. Prints the times in milliseconds, as `start`
  /// and `update` lines.
  public static void main(String[] arguments) throws Exception {
    PrintStream results = FreshJvm.results();
    try (Peer peer = Peer.of(arguments[0], Path.of(arguments[1]))) {
      var run = new DeployRun(peer, Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]));
      print(results, "start", run.start());
      print(results, "update", run.update());
    }
    System.exit(0);
  }

  private static void print(PrintStream results, String what, List<Double> millis) {
    millis.subList(WARM_UP, millis.size()).forEach(time -> results.println(what + " " + time));
  }

  /// From `mv` until the start of the module has run.
  private List<Double> start() throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round < count; round++) {
      pause();
      String version = "1.0." + round;
      byte[] jar = SwappedJar.of("com.acme.bench" + round, version);
      long moved = peer.move("bench" + round + ".jar", jar);
      millis.add((listening.awaitStart(version) - moved) / 1e6);
    }
    for (int round = 0; round < count; round++) {
      peer.remove("bench" + round + ".jar");
    }
    return millis;
  }

  /// From `mv` over the running version until the new one has handled its first event.
  private List<Double> update() throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    var _ = peer.move("updated.jar", SwappedJar.of("com.acme.updated", "2.0.0"));
    var _ = listening.awaitStart("2.0.0");
    try (Publishing _ = new Publishing(peer)) {
      for (int round = 1; round <= count; round++) {
        pause();
        String version = "2.0." + round;
        byte[] jar = SwappedJar.of("com.acme.updated", version);
        long moved = peer.move("updated.jar", jar);
        millis.add((listening.awaitFirst(version) - moved) / 1e6);
      }
    }
    return millis;
  }

  private void pause() {
    LockSupport.parkNanos(1_000_000L * random.nextInt(LONGEST_PAUSE_MILLIS));
  }
}
