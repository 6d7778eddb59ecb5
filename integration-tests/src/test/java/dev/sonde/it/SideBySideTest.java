package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/// The device's two Event Admin services beside each other: through whichever an event goes, every
/// plain handler and every module gets it once.
class SideBySideTest {

  private static final String TOPIC = "com/acme/beside/NUMBER";
  private static final String BRIDGE = "dev.sonde.eventadmin-bridge";
  private static final String FELIX = "org.apache.felix.eventadmin";
  private static final int ROUNDS = 3;

  /// Enough to be in the middle of something, and few enough for every inbox.
  private static final long PAUSE_NANOS = 200_000;

  @TempDir Path home;
  private TestDevice device;
  private Neighbour neighbour;
  private Heard handler;
  private Queue<Object> asModule;
  private Queue<Object> asHandler;

  @BeforeEach
  @SuppressWarnings("unchecked")
  void start() throws Exception {
    device =
        TestDevice.start(
            home,
            Map.of(
                "sonde.config.network.source",
                "sample",
                "org.osgi.framework.system.packages.extra",
                TestDevice.EVENT_ADMIN_PACKAGE));
    device.bundle("dev.sonde.module-network").stop();
    device.bundle("dev.sonde.module-logger").stop();
    device.install(
        "both",
        TestBundles.of(
            "dev.sonde.it.both",
            "1.0.0",
            Map.of("Bundle-Activator", "dev.sonde.it.both.BothBundle")));
    asModule = device.service(Queue.class, "as module");
    asHandler = device.service(Queue.class, "as handler");
    neighbour = Neighbour.in(device);
    handler = neighbour.hear(TOPIC);
  }

  @AfterEach
  void stop() throws Exception {
    device.close();
  }

  private static Event event(int n) {
    return new Event(TOPIC, Map.of("n", n));
  }

  /// The numbers among what was noted.
  private static List<Integer> numbers(Queue<Object> noted) {
    return noted.stream().filter(Integer.class::isInstance).map(Integer.class::cast).toList();
  }

  private List<Integer> heard() {
    return handler.values("n").stream().map(Integer.class::cast).toList();
  }

  private void awaitModule() throws Exception {
    TestDevice.await("the module", () -> device.shell("module:list").contains("ACTIVE"));
    TestDevice.await(
        "the module's subscription", () -> device.shell("bus:stats --json").contains("\"beside\""));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldDeliverOnceThroughWhicheverService(boolean felixFirst) throws Exception {
    if (felixFirst) {
      device.bundle(BRIDGE).stop();
      device.bundle(BRIDGE).start();
    }
    awaitModule();
    int n = 0;
    for (String provider : List.of(BRIDGE, FELIX, BRIDGE, FELIX)) {
      EventAdmin admin = neighbour.adminOf(device.bundle(provider));
      admin.postEvent(event(++n));
      admin.sendEvent(event(++n));
    }
    neighbour.admin().postEvent(event(++n));
    Integer[] all = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    handler.await(n);
    TestDevice.await("the module", () -> numbers(asModule).size() >= all.length);
    TestDevice.await("its handler", () -> numbers(asHandler).size() >= all.length);
    neighbour.send("com/acme/beside/END", Map.of());
    TestDevice.await("the end", () -> asModule.contains("com/acme/beside/END"));
    assertThat(heard()).containsExactlyInAnyOrder(all);
    assertThat(numbers(asHandler)).containsExactlyInAnyOrder(all);
    assertThat(numbers(asModule)).containsExactlyInAnyOrder(all);
  }

  @Test
  void shouldGiveModulesAndHandlersWhatTheAdaptersOfFelixSay() throws Exception {
    awaitModule();
    Neighbour other = Neighbour.in(device);
    other.hear(TOPIC).unregister();
    other.bundle().stop();
    other.uninstall();
    device.context().getBundle(0).adapt(FrameworkWiring.class).refreshBundles(Set.of());
    List<String> topics =
        List.of(
            "org/osgi/framework/BundleEvent/INSTALLED",
            "org/osgi/framework/BundleEvent/RESOLVED",
            "org/osgi/framework/BundleEvent/STARTED",
            "org/osgi/framework/BundleEvent/STOPPED",
            "org/osgi/framework/BundleEvent/UNINSTALLED",
            "org/osgi/framework/ServiceEvent/REGISTERED",
            "org/osgi/framework/ServiceEvent/UNREGISTERING",
            "org/osgi/framework/FrameworkEvent/PACKAGES_REFRESHED");
    TestDevice.await("at the module", () -> asModule.containsAll(topics));
    TestDevice.await("at the handler", () -> asHandler.containsAll(topics));
    String once = "org/osgi/framework/BundleEvent/UNINSTALLED";
    assertThat(asModule.stream().filter(once::equals)).hasSize(1);
    assertThat(asHandler.stream().filter(once::equals)).hasSize(1);
  }

  @Test
  void shouldGiveModulesAndHandlersWhatBundlesLog() throws Exception {
    awaitModule();
    device.bundle("dev.sonde.module-logger").start();
    String topic = "org/osgi/service/log/LogEntry/LOG_WARNING";
    TestDevice.await(
        "a line about a topic that is none",
        () -> {
          neighbour.hear("no//topic").unregister();
          return asModule.contains(topic) && asHandler.contains(topic);
        });
    device.shell("log:sync");
    assertThat(TestDevice.loggedEvents(home))
        .as("written once")
        .noneMatch(event -> event.get("topic").asText().startsWith("org/osgi/service/log"))
        .anyMatch(event -> event.toString().contains("no//topic"));
  }

  /// Publishes numbers until told to end.
  private final class Publisher {
    private final Set<Integer> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private final Thread thread;

    Publisher(Consumer<Event> way) {
      thread =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    while (!ends.get()) {
                      publish(way, next.incrementAndGet());
                      LockSupport.parkNanos(PAUSE_NANOS);
                    }
                  });
    }

    private void publish(Consumer<Event> way, int n) {
      try {
        way.accept(event(n));
        accepted.add(n);
      } catch (IllegalStateException e) {
        refused.incrementAndGet();
      }
    }

    Set<Integer> lost() {
      Set<Integer> lost = new HashSet<>(accepted);
      lost.removeAll(heard());
      return lost;
    }
  }

  private final AtomicBoolean ends = new AtomicBoolean();
  private final AtomicInteger next = new AtomicInteger();

  /// Those that go through the bridge, or through Felix while it is away.
  private final List<Publisher> publishers = new ArrayList<>();

  /// Changes under traffic: each number that was accepted arrives once.
  ///
  /// @return the publisher that keeps the service of Felix
  private Publisher publishDuring(Change change) throws Exception {
    awaitModule();
    EventAdmin ours = neighbour.adminOf(device.bundle(BRIDGE));
    EventAdmin felix = neighbour.adminOf(device.bundle(FELIX));
    Publisher viaFelix = new Publisher(felix::postEvent);
    publishers.add(new Publisher(ours::postEvent));
    publishers.add(new Publisher(ours::sendEvent));
    publishers.add(new Publisher(event -> neighbour.admin().postEvent(event)));
    publishers.add(new Publisher(event -> neighbour.admin().sendEvent(event)));
    for (int round = 0; round < ROUNDS; round++) {
      int before = next.get();
      TestDevice.await("traffic", () -> next.get() > before + 500);
      change.make();
    }
    ends.set(true);
    viaFelix.thread.join();
    for (Publisher publisher : publishers) {
      publisher.thread.join();
      assertThat(publisher.refused).hasValue(0);
    }
    TestDevice.await(
        "all that was accepted", () -> publishers.stream().allMatch(p -> p.lost().isEmpty()));
    assertThat(heard()).doesNotHaveDuplicates();
    assertThat(numbers(asHandler)).doesNotHaveDuplicates();
    assertThat(numbers(asModule)).doesNotHaveDuplicates();
    for (Publisher publisher : publishers) {
      assertThat(new HashSet<>(numbers(asHandler))).containsAll(publisher.accepted);
    }
    return viaFelix;
  }

  private interface Change {
    void make() throws Exception;
  }

  @Test
  void shouldLoseNothingWhileTheBridgeIsStoppedAndStarted() throws Exception {
    Bundle bridge = device.bundle(BRIDGE);
    Publisher viaFelix =
        publishDuring(
            () -> {
              bridge.stop();
              int before = next.get();
              TestDevice.await("traffic without it", () -> next.get() > before + 200);
              bridge.start();
            });
    TestDevice.await("what went through Felix", () -> viaFelix.lost().isEmpty());
  }

  @Test
  void shouldLoseNothingWhileTheBridgeIsUpdated() throws Exception {
    Publisher viaFelix = publishDuring(() -> TestDevice.updateInPlace(device.bundle(BRIDGE)));
    TestDevice.await("what went through Felix", () -> viaFelix.lost().isEmpty());
  }

  @Test
  void shouldLoseNothingOfItsOwnWhileFelixIsStoppedUpdatedAndStarted() throws Exception {
    Bundle felix = device.bundle(FELIX);
    List<Integer> stops = new ArrayList<>();
    Publisher viaFelix =
        publishDuring(
            () -> {
              stops.add(next.get());
              felix.stop();
              int before = next.get();
              TestDevice.await("traffic without it", () -> next.get() > before + 200);
              felix.start();
              TestDevice.updateInPlace(felix);
            });
    System.out.println(
        "Posted through Felix EventAdmin, which stopped: "
            + viaFelix.accepted.size()
            + " accepted, "
            + viaFelix.refused
            + " refused, of the accepted lost "
            + viaFelix.lost().size()
            + ", of these posted before it began to stop "
            + viaFelix.lost().stream().filter(n -> n <= stops.getFirst()).count());
    for (Publisher publisher : publishers) {
      TestDevice.await(
          "all at the module",
          () -> new HashSet<>(numbers(asModule)).containsAll(publisher.accepted));
    }
  }
}
