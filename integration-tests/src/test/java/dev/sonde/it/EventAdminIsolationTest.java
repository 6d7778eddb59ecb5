package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/// A plain handler that does not return costs only itself, also when its first event is the one
/// that it hangs in: everybody else gets 100 of 100 events, posted or sent.
class EventAdminIsolationTest {

  private static final String TOPIC = "com/acme/isolation/NUMBER";
  private static final int EVENTS = 100;

  @TempDir Path home;
  private final CountDownLatch released = new CountDownLatch(1);
  private TestDevice device;
  private Neighbour neighbour;
  private EventAdmin admin;
  private Heard stuck;

  @BeforeEach
  void start() throws Exception {
    device =
        EventAdminFramework.start(
            home, Map.of("sonde.config.bus.sendDeadline", "2s"), EventAdminFramework.BRIDGE);
    Neighbour publisher = Neighbour.in(device);
    admin = publisher.admin();
    stuck = publisher.hear("sonde/module/STUCK");
    neighbour = Neighbour.in(device);
  }

  @AfterEach
  void stop() throws Exception {
    released.countDown();
    device.close();
  }

  private static List<Object> numbers() {
    return IntStream.rangeClosed(1, EVENTS).<Object>mapToObj(n -> n).toList();
  }

  private static Event event(int n) {
    return new Event(TOPIC, Map.of("n", n));
  }

  @ParameterizedTest
  @EnumSource
  void shouldPostToTheOthers(Hostility hostility) throws Exception {
    Heard before = neighbour.hear(TOPIC);
    HostileHandler hostile = new HostileHandler(hostility, released);
    ServiceRegistration<?> registration = neighbour.register(hostile, TOPIC);
    Heard after = neighbour.hear(TOPIC);

    for (int n = 1; n <= EVENTS; n++) {
      admin.postEvent(event(n));
    }
    before.await(EVENTS);
    after.await(EVENTS);
    assertThat(before.values("n")).isEqualTo(numbers());
    assertThat(after.values("n")).isEqualTo(numbers());
    assertThat(hostile.heard().values("n")).containsExactly(1);
    stuck.await(1);
    assertThat(stuck.values("name")).containsExactly(Neighbour.nameOf(registration));

    released.countDown();
    hostile.heard().await(EVENTS);
    assertThat(hostile.heard().values("n")).isEqualTo(numbers());
  }

  @ParameterizedTest
  @EnumSource
  void shouldSendToTheOthers(Hostility hostility) throws Exception {
    try (Logged logged = Logged.begin()) {
      Heard before = neighbour.hear(TOPIC);
      HostileHandler hostile = new HostileHandler(hostility, released);
      String name = Neighbour.nameOf(neighbour.register(hostile, TOPIC));
      Heard after = neighbour.hear(TOPIC);

      admin.sendEvent(event(1));

      assertThat(before.values("n")).containsExactly(1);
      assertThat(after.values("n")).containsExactly(1);
      assertThat(logged.lines("WARN", "The event handler " + name + " held ", TOPIC)).isEqualTo(1);
      stuck.await(1);
      assertThat(stuck.values("name")).containsOnly(name);
      assertThat(stuck.values("where").getFirst().toString()).isNotEmpty();
      for (int n = 2; n <= EVENTS; n++) {
        admin.sendEvent(event(n));
        assertThat(before.values("n")).endsWith(n);
        assertThat(after.values("n")).endsWith(n);
      }
      assertThat(before.values("n")).isEqualTo(numbers());
      assertThat(after.values("n")).isEqualTo(numbers());
      // Nobody waited for it again.
      assertThat(logged.lines(" held ")).isEqualTo(1);

      released.countDown();
      hostile.heard().await(EVENTS);
      assertThat(hostile.heard().values("n")).isEqualTo(numbers());
    }
  }

  @Test
  void shouldPostAndSendToTheOthersOfThreeThatHangAtOnce() throws Exception {
    Map<Hostility, HostileHandler> hostile = new EnumMap<>(Hostility.class);
    List<Heard> others = new ArrayList<>(List.of(neighbour.hear(TOPIC)));
    for (Hostility hostility :
        List.of(Hostility.LOOPS, Hostility.INITIALISES, Hostility.CALLS_NATIVE)) {
      HostileHandler handler = new HostileHandler(hostility, released);
      neighbour.register(handler, TOPIC);
      hostile.put(hostility, handler);
      others.add(neighbour.hear(TOPIC));
    }
    for (int n = 1; n <= EVENTS; n += 2) {
      admin.sendEvent(event(n));
      admin.postEvent(event(n + 1));
    }
    for (Heard other : others) {
      other.await(EVENTS);
      assertThat(other.values("n")).containsExactlyInAnyOrderElementsOf(numbers());
    }
    released.countDown();
    for (HostileHandler handler : hostile.values()) {
      handler.heard().await(EVENTS);
      assertThat(handler.heard().values("n")).containsExactlyInAnyOrderElementsOf(numbers());
    }
  }

  @Test
  void shouldSendFromWithinAHandlerThoughAnotherHangs() throws Exception {
    HostileHandler hostile = new HostileHandler(Hostility.WAITS, released);
    neighbour.register(hostile, "com/acme/isolation/OTHER");
    Heard other = neighbour.hear("com/acme/isolation/OTHER");
    Heard first = new Heard();
    neighbour.register(
        event -> {
          admin.sendEvent(
              new Event("com/acme/isolation/OTHER", Map.of("n", event.getProperty("n"))));
          first.handleEvent(event);
        },
        TOPIC);
    for (int n = 1; n <= EVENTS; n++) {
      admin.postEvent(event(n));
    }
    first.await(EVENTS);
    assertThat(other.values("n")).isEqualTo(numbers());
  }

  @Test
  void shouldStopAndUpdateABundleWhoseHandlerHangs() throws Exception {
    HostileHandler hostile = new HostileHandler(Hostility.LOOPS, released);
    neighbour.register(hostile, TOPIC);
    Heard other = Neighbour.in(device).hear(TOPIC);
    admin.postEvent(event(1));
    TestDevice.await("it hangs", () -> hostile.heard().size() == 1);
    neighbour.bundle().stop();
    neighbour.bundle().start();
    Heard again = neighbour.hear(TOPIC);
    admin.sendEvent(event(2));
    assertThat(again.values("n")).containsExactly(2);
    assertThat(other.values("n")).endsWith(2);
    released.countDown();
    admin.postEvent(event(3));
    again.await(2);
    assertThat(hostile.heard().values("n")).containsExactly(1);
  }
}
