package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;

/// A device with modules that fail as their test says, and what a user sees of it.
final class FaultyDevice implements AutoCloseable {

  private static final Map<String, String> QUIET =
      Map.of("sonde.config.network.source", "sample", "sonde.config.logger.console", "");

  private final TestDevice device;
  private final Path home;
  private final CountDownLatch mended = new CountDownLatch(1);

  /// What all faulty modules have noted.
  final Queue<String> heard = new ConcurrentLinkedQueue<>();

  private FaultyDevice(Path home, Map<String, String> settings) throws Exception {
    this.home = home;
    Map<String, String> all = new HashMap<>(QUIET);
    settings.forEach((key, value) -> all.put("sonde.config." + key, value));
    this.device = TestDevice.start(home, all);
    offer(Queue.class, heard);
    offer(CountDownLatch.class, mended);
    // The events' class in a bundle of its own, so that all modules have the same.
    device.install("work", TestBundles.exporting("dev.sonde.it.work"));
  }

  /// @param settings by `MODULE.KEY`
  static FaultyDevice start(Path home, Map<String, String> settings) throws Exception {
    return new FaultyDevice(home, settings);
  }

  private <S> void offer(Class<S> type, S service) {
    var _ =
        device
            .context()
            .registerService(type, service, FrameworkUtil.asDictionary(Map.of("test", "faulty")));
  }

  TestDevice device() {
    return device;
  }

  /// A module with a fault.
  ///
  /// @param name its name
  static byte[] jar(String name, String version, String fault) throws Exception {
    return TestBundles.withHeaders(
        Template.FAULTY,
        Map.of(
            "Bundle-SymbolicName", "com.acme." + name, "Bundle-Version", version, "Fault", fault));
  }

  /// What all faulty modules have in common; built once, since that takes a while.
  private static final class Template {
    private static final byte[] FAULTY = build();

    private static byte[] build() {
      try {
        return TestBundles.of(
            "dev.sonde.it.faulty",
            "1.0.0",
            Map.of("Bundle-Activator", "dev.sonde.it.faulty.FaultyModule"));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /// Moves a jar into the deploy folder.
  void deploy(String file, byte[] jar) throws IOException {
    DeployFolder.moveIn(home, file, jar);
  }

  /// Posts an event that every faulty module handles.
  void work(int number) throws Exception {
    device.shell("bus:post com/acme/WORK '{\"number\":" + number + "}'");
  }

  /// What is left of hanging ends.
  void mend() {
    mended.countDown();
  }

  String shell(String command) throws Exception {
    return device.shell(command);
  }

  String state(String module) throws Exception {
    return device.state(module);
  }

  void awaitState(String module, String state) throws Exception {
    TestDevice.await(
        module + " is " + state + ", " + shell("module:list"), () -> state(module).equals(state));
  }

  void awaitHeard(String note) throws Exception {
    TestDevice.await(note + " in " + heard, () -> heard.contains(note));
  }

  /// All that still works: the shell answers, all shipped modules run, and another one deploys.
  ///
  /// @return how long that took, until its start was called
  Duration checkThatTheRestGoesOn() throws Exception {
    for (String module : List.of("network", "logger", "hardware", "ui")) {
      assertThat(state(module)).as(module).isEqualTo("ACTIVE");
    }
    byte[] good = jar("good", "1.0.0", "none");
    long before = startsOfGood();
    long begun = System.nanoTime();
    deploy("good.jar", good);
    TestDevice.await("the next good jar", () -> startsOfGood() > before);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    awaitState("good", "ACTIVE");
    Files.delete(home.resolve("deploy/good.jar"));
    awaitState("good", "absent");
    return took;
  }

  private long startsOfGood() {
    return heard.stream().filter("good: started"::equals).count();
  }

  /// The events of one topic that the logger has written.
  List<String> events(String topic) throws IOException {
    return TestDevice.loggedEvents(home).stream()
        .filter(event -> event.get("topic").asText().equals(topic))
        .map(event -> event.get("event").toString())
        .toList();
  }

  /// The states that a module went through, as they were published.
  List<String> states(String module) throws IOException {
    return TestDevice.loggedEvents(home).stream()
        .filter(event -> event.get("topic").asText().equals("sonde/module/STATE"))
        .map(event -> event.get("event"))
        .filter(event -> event.get("name").asText().equals(module))
        .map(event -> event.get("to").asText())
        .toList();
  }

  @Override
  public void close() throws BundleException {
    mend();
    device.close();
  }
}
