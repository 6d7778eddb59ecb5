package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;

/// A counting module is swapped through `deploy/`, again and again, while two publishers post
/// 12,000 events a second. Another bundle imports its package and is wired anew each time; many a
/// swap meets a handler that takes its time; and every tenth version does not start. Both modules
/// handle every event once and in order, or were told that they missed it.
/// `-Dsonde.swaps=1000` makes it a long run.
class SwapUnderLoadTest {

  private static final int SWAPS = Integer.getInteger("sonde.swaps", 50);
  private static final long SEED = Long.getLong("sonde.seed", 5);
  private static final int BROKEN_EVERY = 10;
  private static final int MOST_PADDING = 50_000;

  /// After so many swaps all that is made once has been made.
  private static final int WARM = 15;

  private static final String COUNTING = "dev.sonde.it.counting";
  private static final String READING = "dev.sonde.it.reading";
  private static final List<String> MODULES = List.of("counting", "reading");

  @TempDir Path home;
  private final Random random = new Random(SEED);
  private final Map<String, Long> figures = new ConcurrentHashMap<>();
  private final Leftovers leftovers = new Leftovers();
  private final List<Long> updateMillis = new ArrayList<>();
  private final List<Long> returnMillis = new ArrayList<>();
  private TestDevice device;
  private byte[] counting;
  private int metAtWork;
  private long publishedDuringSwaps;

  @BeforeEach
  void start() throws Exception {
    counting =
        TestBundles.of(
            COUNTING,
            "1.0.0",
            Map.of(
                "Export-Package",
                COUNTING,
                "Bundle-Activator",
                "dev.sonde.it.counting.CountingBundle"));
    device =
        TestDevice.start(
            home,
            Map.of(
                "sonde.config.network.source", "sample",
                "sonde.config.logger.console", "",
                // A flood is not for a log on the test's disk.
                "sonde.config.logger.except", "sonde/network/PACKET, com/acme/NUMBER"));
    var _ =
        device
            .context()
            .registerService(
                Map.class, figures, FrameworkUtil.asDictionary(Map.of("test", "swap")));
    device.install("numbers", TestBundles.exporting("dev.sonde.it.numbers"));
    deploy("counting.jar", counting);
    await("counting");
    deploy(
        "reading.jar",
        TestBundles.of(
            READING,
            "1.0.0",
            Map.of(
                "Bundle-Activator", "dev.sonde.it.reading.ReadingBundle",
                "Import-Package", "dev.sonde.it.counting, *")));
    await("reading");
    for (int publisher : new int[] {0, 1}) {
      device.install("publisher" + publisher, publisher(publisher));
    }
  }

  private static byte[] publisher(int number) throws Exception {
    return TestBundles.of(
        "dev.sonde.it.numbering",
        "1.0.0",
        Map.of(
            "Bundle-SymbolicName",
            "com.acme.publisher" + number,
            "Bundle-Activator",
            "dev.sonde.it.numbering.NumberingModule",
            "Publisher",
            String.valueOf(number)));
  }

  @AfterEach
  void stop() throws Exception {
    device.close();
  }

  @Test
  void shouldHandleEveryEventOnceWhileModulesAreSwapped() throws Exception {
    System.out.println("seed " + SEED);
    long begun = System.nanoTime();
    for (int swap = 1; swap <= SWAPS; swap++) {
      swap(swap);
      if (swap == Math.min(WARM, SWAPS / 2)) {
        leftovers.awaitReplaced(device.bundle(COUNTING), device.bundle(READING));
        leftovers.remember();
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    publishedDuringSwaps = published();
    leftovers.awaitReplaced(device.bundle(COUNTING), device.bundle(READING));
    leftovers.check();
    endPublishers();
    for (String module : MODULES) {
      checkAccount(module);
    }
    report(seconds);
  }

  private void swap(int swap) throws Exception {
    String version = "1.0." + swap;
    boolean broken = swap % BROKEN_EVERY == 0;
    metAtWork += figures.getOrDefault("counting.slow", 0L).intValue();
    long begun = System.nanoTime();
    deploy("counting.jar", version(version, broken));
    if (broken) {
      TestDevice.await("the refusal of " + version, () -> rejections() == swap / BROKEN_EVERY);
      long refused = System.nanoTime();
      long before = figures.get("counting.handled");
      TestDevice.await("the last good one", () -> figures.get("counting.handled") > before);
      returnMillis.add((System.nanoTime() - refused) / 1_000_000);
    } else {
      TestDevice.await("its events", () -> figures.containsKey("counting " + version));
      updateMillis.add((System.nanoTime() - begun) / 1_000_000);
    }
    TestDevice.await("the importer's new wiring", this::isImporterWiredAnew);
    long before = figures.get("reading.handled");
    TestDevice.await("the importer again", () -> figures.get("reading.handled") > before);
    leftovers.note(device.bundle(COUNTING));
    leftovers.note(device.bundle(READING));
  }

  private boolean isImporterWiredAnew() {
    BundleWiring importer = device.bundle(READING).adapt(BundleWiring.class);
    BundleWiring exporter = device.bundle(COUNTING).adapt(BundleWiring.class);
    return importer != null
        && exporter != null
        && importer.getRequiredWires(BundleRevision.PACKAGE_NAMESPACE).stream()
            .anyMatch(wire -> wire.getProviderWiring().equals(exporter));
  }

  private byte[] version(String version, boolean broken) throws Exception {
    Map<String, String> headers =
        broken
            ? Map.of("Bundle-Version", version, "Broken", "true")
            : Map.of("Bundle-Version", version);
    byte[] padding = new byte[random.nextInt(MOST_PADDING)];
    random.nextBytes(padding);
    return TestBundles.with(TestBundles.withHeaders(counting, headers), "padding.bin", padding);
  }

  private long rejections() throws Exception {
    return TestDevice.loggedEvents(home).stream()
        .filter(event -> event.get("topic").asText().equals("sonde/deploy/REJECTED"))
        .count();
  }

  private void endPublishers() throws Exception {
    for (int publisher : new int[] {0, 1}) {
      device.bundle("com.acme.publisher" + publisher).stop();
    }
    for (String module : MODULES) {
      TestDevice.await(
          "the end of what waits for " + module, () -> account(module).get("waiting") == 0);
    }
  }

  private Map<String, Long> account(String module) throws Exception {
    return device.account('"' + module + '"', "Numbered");
  }

  private long published() {
    return figures.get("published.0") + figures.get("published.1");
  }

  private void checkAccount(String module) throws Exception {
    Map<String, Long> account = account(module);
    System.out.println(module + " " + account);
    assertThat(account.get("matched")).isEqualTo(published());
    assertThat(account.get("delivered")).isEqualTo(figures.get(module + ".handled"));
    // What a full inbox lost is all that may be missed, and the module was told of it.
    assertThat(account.get("missed"))
        .isEqualTo(account.get("overflow"))
        .isEqualTo(figures.get(module + ".skipped"))
        .isEqualTo(figures.get(module + ".told"));
    assertThat(account).containsEntry("failed", 0L).containsEntry("interrupted", 0L);
    assertThat(figures).containsEntry(module + ".repeated", 0L);
  }

  private void report(double seconds) {
    System.out.printf(
        "%d swaps in %.0f s, %d of them refused; %d events, %.0f a second; %d swaps met a handler"
            + " at work%n",
        SWAPS,
        seconds,
        returnMillis.size(),
        published(),
        publishedDuringSwaps / seconds,
        metAtWork);
    System.out.println("mv until the new version handles an event, ms: " + spread(updateMillis));
    System.out.println("refusal until the last good one handles one, ms: " + spread(returnMillis));
    for (String module : MODULES) {
      System.out.printf(
          "%s: lost %d, duplicated %d%n",
          module, figures.get(module + ".skipped"), figures.get(module + ".repeated"));
    }
  }

  private static String spread(List<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    return "median %d, p99 %d, longest %d"
        .formatted(
            sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 99 / 100), sorted.getLast());
  }

  private void deploy(String file, byte[] jar) throws Exception {
    DeployFolder.moveIn(home, file, jar);
  }

  private void await(String module) throws Exception {
    TestDevice.await(
        module, () -> device.shell("module:list").matches("(?s).*\\b" + module + " +ACTIVE.*"));
  }
}
