package dev.sonde.benchmarks.deploy;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// One contender in a JVM of its own: a counting bundle is replaced again and again through the
/// folder while 10,000 events/s are published.
public final class SwapRun {

  private static final int WARM_UP = 20;
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final PrintStream results;
  private final Peer peer;
  private final Listening listening = Listening.open();

  private SwapRun(PrintStream results, Peer peer) {
    this.results = results;
    this.peer = peer;
  }

  /// Arguments: contender, folder, how often, and after how many swaps to say how much the process
  /// holds. Prints `gap` lines with milliseconds, `holds` lines, and at the end `published`,
  /// `handled`, `told` and `repeated` lines.
  public static void main(String[] arguments) throws Exception {
    PrintStream results = FreshJvm.results();
    try (Peer peer = Peer.of(arguments[0], Path.of(arguments[1]))) {
      new SwapRun(results, peer)
          .swap(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    }
    System.exit(0);
  }

  private void swap(int swaps, int every) throws IOException, InterruptedException {
    move(0);
    var _ = listening.awaitStart(version(0));
    long published;
    try (Publishing publishing = new Publishing(peer)) {
      var _ = listening.awaitFirst(version(0));
      for (int swap = 1; swap <= WARM_UP + swaps; swap++) {
        move(swap);
        long first = listening.awaitFirst(version(swap));
        if (swap > WARM_UP) {
          results.println("gap " + (first - listening.last(version(swap - 1))) / 1e6);
        }
        if (swap >= WARM_UP && (swap - WARM_UP) % every == 0) {
          results.println("holds " + (swap - WARM_UP) + " " + Footprint.now());
        }
      }
      published = publishing.end();
    }
    awaitHandled(published);
    results.println("published " + published);
    results.println("handled " + listening.handled());
    results.println("told " + listening.told());
    results.println("repeated " + listening.repeated());
  }

  private void move(int swap) throws IOException {
    var _ = peer.move("swapped.jar", SwappedJar.of("com.acme.swapped", version(swap)));
  }

  private static String version(int swap) {
    return "1.0." + swap;
  }

  private void awaitHandled(long published) throws InterruptedException {
    long end = System.nanoTime() + DRAIN_NANOS;
    while (listening.handled() < published && System.nanoTime() < end) {
      Thread.sleep(10);
    }
  }
}
