package dev.sonde.benchmarks.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Looks for the highest rate at which each contender takes every packet of a veth pair. To be
/// started in a network namespace of its own.
public final class LiveRun {

  static final String SONDE = "sonde";
  static final String TCPDUMP_TEXT = "tcpdump -nn";
  private static final String TCPDUMP_WRITE = "tcpdump -w";

  static final String SENDING = "sonde-b0";
  static final String HEARING = "sonde-b1";

  /// Rates go by a quarter, from 17,000 to 600,000 packets/s, by way of 100,000.
  private static final int LOWEST = -8;

  private static final int HIGHEST = 8;
  private static final double STEP = 1.25;
  private static final double MIDDLE_RATE = 100_000;
  private static final double WARM_UP_RATE = 50_000;

  /// How often a rate is tried: others use the machine, too.
  private static final int ATTEMPTS = 2;

  private final Sender sender;
  private final int seconds;

  private LiveRun(Sender sender, int seconds) {
    this.sender = sender;
    this.seconds = seconds;
  }

  /// Arguments: the file to send, rounds, seconds, megabytes.
  public static void main(String[] arguments) throws Exception {
    interfaces();
    int rounds = Integer.parseInt(arguments[1]);
    int megabytes = Integer.parseInt(arguments[3]);
    LiveRun run = new LiveRun(new Sender(Path.of(arguments[0])), Integer.parseInt(arguments[2]));
    List<Listener> listeners =
        List.of(
            new SondeListener(SONDE, megabytes),
            new TcpdumpListener(TCPDUMP_TEXT, megabytes, "-nn"),
            new TcpdumpListener(TCPDUMP_WRITE, megabytes, "-w", "/dev/null"));
    for (int warmUp = 0; warmUp < 3; warmUp++) {
      run.took(listeners.getFirst(), WARM_UP_RATE);
    }
    for (int round = 1; round <= rounds; round++) {
      for (Listener listener : listeners) {
        System.err.println("live, round " + round + ": " + listener.name());
        System.out.printf(Locale.ROOT, "%s\t%.0f%n", listener.name(), run.highest(listener));
      }
    }
    System.exit(0);
  }

  private static void interfaces() throws IOException, InterruptedException {
    run("ip", "link", "add", SENDING, "type", "veth", "peer", "name", HEARING);
    for (String each : List.of(SENDING, HEARING)) {
      // without addresses, so that nobody else sends
      run("ip", "link", "set", each, "addrgenmode", "none", "mtu", "65000", "up");
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Program.run(false, List.of(command));
  }

  /// By halves, as if a contender that takes a rate takes all below.
  private double highest(Listener listener) throws IOException, InterruptedException {
    double best = 0;
    int low = LOWEST;
    int high = HIGHEST;
    while (low <= high) {
      int middle = Math.floorDiv(low + high, 2);
      double wanted = MIDDLE_RATE * Math.pow(STEP, middle);
      double took = tookOnce(listener, wanted);
      best = Math.max(best, took);
      low = took > 0 ? middle + 1 : low;
      high = took > 0 ? high : middle - 1;
      if (took > 0 && took < 0.9 * wanted) {
        return best; // the sender can no more
      }
    }
    return best;
  }

  private double tookOnce(Listener listener, double wanted)
      throws IOException, InterruptedException {
    double took = 0;
    for (int attempt = 0; attempt < ATTEMPTS && took == 0; attempt++) {
      took = took(listener, wanted);
    }
    return took;
  }

  /// @return packets/s that were sent and all taken; 0 where one was lost
  private double took(Listener listener, double wanted) throws IOException, InterruptedException {
    listener.begin();
    Sender.Sent sent = sender.send(wanted, seconds);
    long taken = listener.end(sent.packets());
    System.err.printf(
        Locale.ROOT, "  %,9.0f/s: %,d of %,d%n", sent.perSecond(), taken, sent.packets());
    return taken == sent.packets() ? sent.perSecond() : 0;
  }
}
