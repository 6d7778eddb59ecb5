package dev.sonde.benchmarks.capture;

import dev.sonde.benchmarks.bus.Median;
import dev.sonde.benchmarks.bus.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Starts [LiveRun] in a network namespace of its own, where no privilege is needed, and shows what
/// it finds.
final class LiveSuite {

  private static final String DROP_FREE = "capture.live.drop-free-pps";
  private static final String VERSUS = "capture.live.vs-tcpdump-text";

  /// With the privileges that it takes, but not as root, which tcpdump would want to stop being.
  private static final String NAMESPACE =
      "unshare --user --map-user=1000 --map-group=1000 --keep-caps --net";

  private final CaptureOptions options;
  private final Path folder;
  private final Ratios ratios;
  private final Map<String, List<Double>> rates = new LinkedHashMap<>();

  LiveSuite(CaptureOptions options, Path folder, Ratios ratios) {
    this.options = options;
    this.folder = folder;
    this.ratios = ratios;
  }

  void run() throws IOException, InterruptedException {
    String missing = Tool.missing(Tool.TCPDUMP, Tool.TCPREPLAY, Tool.IP, Tool.UNSHARE);
    if (!missing.isEmpty() || !measured()) {
      String why =
          missing.isEmpty() ? "No network namespace could be had, or a capture failed" : missing;
      ratios.missing(DROP_FREE, why);
      ratios.missing(VERSUS, why);
      return;
    }
    print();
    List<Double> sonde = of(LiveRun.SONDE);
    List<Double> text = of(LiveRun.TCPDUMP_TEXT);
    List<Double> each = new ArrayList<>();
    for (int round = 0; round < options.rounds(); round++) {
      each.add(sonde.get(round) / text.get(round));
    }
    ratios.put(DROP_FREE, Median.of(sonde).middle());
    ratios.put(VERSUS, Median.of(each).middle());
  }

  private boolean measured() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(NAMESPACE.split(" ", -1)));
    command.addAll(
        Program.java(
            LiveRun.class,
            Traffic.ONCE.in(folder).toString(),
            String.valueOf(options.rounds()),
            String.valueOf(options.seconds()),
            String.valueOf(options.bufferMegabytes())));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("\t"))
        .forEach(this::read);
    return process.waitFor() == 0;
  }

  /// A contender and its rate. pcap4j prints lines, too.
  private void read(String line) {
    String[] words = line.split("\t", -1);
    rates.computeIfAbsent(words[0], name -> new ArrayList<>()).add(Double.valueOf(words[1]));
  }

  private List<Double> of(String contender) {
    return Objects.requireNonNull(rates.get(contender));
  }

  private void print() {
    System.out.printf(
        Locale.ROOT,
        "live: the highest rate without a drop for %d s, %d MB in the kernel, medians of %d%n%n",
        options.seconds(),
        options.bufferMegabytes(),
        options.rounds());
    Table table = new Table(List.of("contender", "packets/s", "min – max"));
    rates.forEach(
        (contender, all) -> {
          Median rate = Median.of(all);
          table.add(
              List.of(
                  contender,
                  String.format(Locale.ROOT, "%,.0f", rate.middle()),
                  String.format(Locale.ROOT, "%,.0f – %,.0f", rate.least(), rate.greatest())));
        });
    table.print(System.out);
    System.out.println();
  }
}
