package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bus and EventAdmin, both ways, with a bundle that knows only `org.osgi.service.event`.
class EventAdminTest {

  @TempDir Path home;
  private TestDevice device;
  private Queue<Map<String, Object>> plain;
  private BiConsumer<String, Map<String, Object>> post;
  private Queue<String> probe;
  private Consumer<String> publish;

  @BeforeEach
  @SuppressWarnings("unchecked")
  void start() throws Exception {
    device = TestDevice.start(home, Map.of("sonde.config.network.source", "sample"));
    device.bundle("dev.sonde.module-network").stop();
    device.install("plain", bundle("plain", "PlainBundle"));
    device.install("probe", bundle("probe", "ProbeBundle"));
    plain = device.service(Queue.class, "plain");
    post = device.service(BiConsumer.class, "plain");
    probe = device.service(Queue.class, "probe");
    publish = device.service(Consumer.class, "probe");
  }

  private static byte[] bundle(String name, String activator) throws Exception {
    return bundle(name, activator, "dev.sonde.it." + name);
  }

  private static byte[] bundle(String name, String activator, String symbolicName)
      throws Exception {
    String packageName = "dev.sonde.it." + name;
    return TestBundles.of(
        packageName,
        "1.0.0",
        Map.of(
            "Bundle-Activator",
            packageName + "." + activator,
            "Bundle-SymbolicName",
            symbolicName));
  }

  @AfterEach
  void stop() throws Exception {
    device.close();
  }

  @Test
  void shouldShowPlainHandlersATypedEventWithItsComponents() throws Exception {
    publish.accept("north");
    TestDevice.await("the plain handler", () -> !plain.isEmpty());

    Map<String, Object> event = plain.element();
    assertThat(event)
        .containsEntry("event.topics", "com/acme/valve/OPENED")
        .containsEntry("valve", "north")
        .containsEntry("litres", 2.5)
        .containsEntry("after", "PT3S")
        .containsEntry("by", "OK")
        .containsEntry("sonde.module", "probe")
        .containsKey("sonde.sequence");
    assertThat(event.get("timestamp")).isInstanceOf(Long.class);
    assertThat(event.get("event").getClass().getName()).endsWith("ProbeBundle$ValveOpened");
  }

  @Test
  void shouldApplyFiltersOfPlainHandlers() throws Exception {
    publish.accept("low");
    publish.accept("high");
    publish.accept("north");
    TestDevice.await("both handlers", () -> plain.size() == 2);
    // Two handlers, each at its own pace: which one is first is not promised.
    assertThat(plain).extracting(event -> event.get("level")).containsExactlyInAnyOrder(9, null);
  }

  @Test
  void shouldGiveTypedHandlersWhatPlainBundlesPost() throws Exception {
    post.accept("sonde/input/SWITCH", Map.of("key", "OK", "closed", true, "device", "plain"));
    TestDevice.await("the typed handler", () -> !probe.isEmpty());
    assertThat(probe).containsExactly("plain SwitchChanged[key=OK, closed=true, device=plain]");
  }

  @Test
  void shouldGiveTypedHandlersWhatPlainBundlesPostForTypesOfThirdParties() throws Exception {
    post.accept("com/acme/valve/OPENED", Map.of("valve", "south", "litres", 1, "after", "PT1S"));
    TestDevice.await("the typed handler", () -> !probe.isEmpty());
    assertThat(probe)
        .containsExactly(
            "plain ValveOpened[valve=south, litres=1.0, after=PT1S, by=Optional.empty]");
  }

  @Test
  void shouldUseTheRecordOfAnotherBundleWhenTheFirstThatDeclaresTheTopicGoes() throws Exception {
    device.install("again", bundle("probe", "ProbeBundle", "dev.sonde.it.again"));
    device.bundle("dev.sonde.it.probe").uninstall();
    Queue<?> again = device.service(Queue.class, "probe");
    TestDevice.await("it subscribes", () -> device.shell("bus:stats").contains("again"));
    post.accept("com/acme/valve/OPENED", Map.of("valve", "south", "litres", 1, "after", "PT1S"));
    TestDevice.await("the typed handler", () -> !again.isEmpty());
    assertThat(again)
        .map(Object::toString)
        .containsExactly(
            "plain ValveOpened[valve=south, litres=1.0, after=PT1S, by=Optional.empty]");
  }

  @Test
  void shouldGiveTopicSubscribersAPlainEventWhereNoRecordFits() throws Exception {
    post.accept("org/example/THING", Map.of("size", 3));
    TestDevice.await("the subscriber", () -> !probe.isEmpty());
    assertThat(probe)
        .containsExactly("plain PlainEvent[topic=org/example/THING, properties={size=3}]");
  }

  @Test
  void shouldDeliverEachEventOnceAndNotLoop() throws Exception {
    post.accept("com/acme/valve/OPENED", Map.of("valve", "south", "litres", 1.0, "after", "PT1S"));
    publish.accept("north");
    TestDevice.await("both at the module", () -> probe.size() == 2);
    TestDevice.await("both at the plain handler", () -> plain.size() == 2);
    // What the plain handler heard of the bus goes back under its own topic: it was heard there
    // before.
    Map<String, Object> fromBus =
        plain.stream()
            .filter(event -> event.containsKey("sonde.sequence"))
            .findFirst()
            .orElseThrow();
    post.accept("com/acme/valve/OPENED", fromBus);
    TestDevice.await("the repeated one at the plain handler", () -> plain.size() == 3);
    post.accept("org/example/END", Map.of());
    TestDevice.await("the last one", () -> probe.size() == 3);
    assertThat(List.copyOf(probe).getLast()).contains("org/example/END");
    assertThat(plain).hasSize(3);
  }
}
