package dev.sonde.benchmarks.capture;

import dev.sonde.benchmarks.bus.Median;
import dev.sonde.benchmarks.bus.Table;
import dev.sonde.network.BenchmarkedCapture.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The same file through each contender, round after round. Start-up, measured on a file of one
/// packet in the same round, is taken off for all alike.
final class ReplaySuite {

  private final CaptureOptions options;
  private final Path folder;
  private final Ratios ratios;
  private final Map<Replayer, List<Run>> runs = new EnumMap<>(Replayer.class);
  private double eventsPerPacket;

  ReplaySuite(CaptureOptions options, Path folder, Ratios ratios) {
    this.options = options;
    this.folder = folder;
    this.ratios = ratios;
  }

  /// One file through one contender.
  ///
  /// @param startSeconds what one packet took
  /// @param seconds what the others took on top
  private record Run(double startSeconds, double seconds, double processorSeconds, long packets) {

    double perSecond() {
      return packets / seconds;
    }

    double processorMicros() {
      return processorSeconds / packets * 1e6;
    }
  }

  void run() throws IOException, InterruptedException {
    for (int round = 1; round <= options.rounds(); round++) {
      for (Replayer replayer : Replayer.values()) {
        if (replayer.missing().isEmpty()) {
          System.err.println("replay, round " + round + ": " + replayer.label);
          runs.computeIfAbsent(replayer, same -> new ArrayList<>()).add(measured(replayer));
        }
      }
    }
    System.err.println("replay: allocation");
    Result metered = metered();
    print(metered);
    ratio("capture.replay.vs-tshark", Replayer.TSHARK);
    ratio("capture.replay.vs-tcpdump-text", Replayer.TCPDUMP_TEXT);
    ratios.put("capture.bytes-per-packet", metered.quietBytes() / (double) metered.quietPackets());
  }

  private Run measured(Replayer replayer) throws IOException, InterruptedException {
    boolean ours = replayer == Replayer.SONDE;
    Program one = Program.run(ours, replayer.command(Traffic.ONE.in(folder)));
    Program all = Program.run(ours, replayer.command(Traffic.LONG.in(folder)));
    if (ours) {
      check(ReplayRun.parse(all.output()));
    }
    return new Run(
        one.seconds(),
        all.seconds() - one.seconds(),
        all.processorSeconds() - one.processorSeconds(),
        options.packets() - 1);
  }

  private void check(Result result) {
    if (result.packets() != options.packets() || result.missed() > 0) {
      throw new IllegalStateException("The run is void: " + result);
    }
    eventsPerPacket = result.events() / (double) result.packets();
  }

  private Result metered() throws IOException, InterruptedException {
    String file = Traffic.LONG.in(folder).toString();
    return ReplayRun.parse(
        Program.run(true, Program.java(ReplayRun.class, file, "metered")).output());
  }

  private void print(Result metered) {
    System.out.printf(
        Locale.ROOT,
        "replay: %,d packets, start-up taken off, medians of %d%n%n",
        options.packets(),
        options.rounds());
    Table table =
        new Table(List.of("contender", "packets/s", "min – max", "µs of CPU", "start-up s"));
    runs.forEach((replayer, all) -> table.add(row(replayer, all)));
    table.print(System.out);
    System.out.println();
    runs.keySet().forEach(one -> System.out.println(one.label + ": " + one.work));
    System.out.printf(
        Locale.ROOT,
        "sonde: %.2f events a packet, none missed; %,d packets raised none and allocated %.0f bytes"
            + " each on the capture's thread, all packets %.0f%n%n",
        eventsPerPacket,
        metered.quietPackets(),
        metered.quietBytes() / (double) metered.quietPackets(),
        metered.allocatedBytes() / (double) metered.packets());
  }

  private static List<String> row(Replayer replayer, List<Run> all) {
    Median rate = Median.of(all.stream().map(Run::perSecond).toList());
    return List.of(
        replayer.label,
        String.format(Locale.ROOT, "%,.0f", rate.middle()),
        String.format(Locale.ROOT, "%,.0f – %,.0f", rate.least(), rate.greatest()),
        String.format(
            Locale.ROOT,
            "%.2f",
            Median.of(all.stream().map(Run::processorMicros).toList()).middle()),
        String.format(
            Locale.ROOT, "%.2f", Median.of(all.stream().map(Run::startSeconds).toList()).middle()));
  }

  private void ratio(String name, Replayer peer) {
    if (!peer.missing().isEmpty()) {
      ratios.missing(name, peer.missing());
      return;
    }
    List<Double> each = new ArrayList<>();
    for (int round = 0; round < options.rounds(); round++) {
      each.add(of(Replayer.SONDE, round).perSecond() / of(peer, round).perSecond());
    }
    ratios.put(name, Median.of(each).middle());
  }

  private Run of(Replayer replayer, int round) {
    return Objects.requireNonNull(runs.get(replayer)).get(round);
  }
}
