package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/// What others lose beside a handler that does not return from its first event, here and with Felix
/// EventAdmin. Prints a table. Takes minutes, most of which is waiting for Felix EventAdmin to go
/// on; run it with `-Dsonde.transcript=true`.
@EnabledIfSystemProperty(named = "sonde.transcript", matches = "true")
class IsolationTranscriptTest {

  private static final String TOPIC = "com/acme/isolation/NUMBER";
  private static final int EVENTS = 100;

  /// Longer than the time-out of Felix EventAdmin, which is 5 s.
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(12);

  /// An Event Admin, and how it is configured.
  private enum Contender {
    SONDE(EventAdminFramework.BRIDGE, Map.of("sonde.config.bus.sendDeadline", "1s")),
    FELIX(EventAdminFramework.FELIX, Map.of()),
    FELIX_TIMEOUT_0(EventAdminFramework.FELIX, Map.of("org.apache.felix.eventadmin.Timeout", "0"));

    private final String bundle;
    private final Map<String, String> properties;

    Contender(String bundle, Map<String, String> properties) {
      this.bundle = bundle;
      this.properties = properties;
    }
  }

  /// What two handlers heard of two publishers, one of which published to the hostile handler
  /// first, and how often these came back.
  private record Outcome(int first, int second, int firstOfOther, int secondOfOther, int returned) {
    private static final Outcome ALL = new Outcome(EVENTS, EVENTS, EVENTS, EVENTS, 2 * EVENTS);
  }

  @TempDir Path home;

  @Test
  void shouldLoseNothing() throws Exception {
    List<Outcome> ours = new ArrayList<>();
    StringBuilder table = new StringBuilder();
    table.append(
        "Of 100 events of the publisher that met the hostile handler, and 100 of another,\n");
    table.append("two handlers that do nothing wrong heard; calls of 200 that came back\n");
    for (Contender contender : Contender.values()) {
      for (String way : List.of("post", "send")) {
        for (Hostility hostility : Hostility.values()) {
          Outcome outcome = run(contender, hostility, way);
          table.append(
              String.format(
                  "%-16s %s %-13s %3d %3d   %3d %3d   returned %3d%n",
                  contender,
                  way,
                  hostility,
                  outcome.first,
                  outcome.second,
                  outcome.firstOfOther,
                  outcome.secondOfOther,
                  outcome.returned));
          if (contender == Contender.SONDE) {
            ours.add(outcome);
          }
        }
      }
    }
    System.out.println(table);
    assertThat(ours).containsOnly(Outcome.ALL);
  }

  private Outcome run(Contender contender, Hostility hostility, String way) throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    Path own = home.resolve(contender + "-" + way + "-" + hostility);
    TestDevice device = EventAdminFramework.start(own, contender.properties, contender.bundle);
    try {
      Neighbour neighbour = Neighbour.in(device);
      Heard before = neighbour.hear(TOPIC);
      HostileHandler hostile = new HostileHandler(hostility, released);
      neighbour.register(hostile, TOPIC);
      Heard after = neighbour.hear(TOPIC);
      EventAdmin admin = neighbour.admin();
      BiConsumer<EventAdmin, Event> publish =
          way.equals("post") ? EventAdmin::postEvent : EventAdmin::sendEvent;
      Publisher first = new Publisher("first", event -> publish.accept(admin, event));
      waitFor(() -> hostile.heard().size() > 0);
      Publisher other = new Publisher("other", event -> publish.accept(admin, event));
      waitFor(
          () ->
              before.size() == 2 * EVENTS
                  && after.size() == 2 * EVENTS
                  && first.returned + other.returned == 2 * EVENTS);
      return new Outcome(
          before.values("first").size(),
          after.values("first").size(),
          before.values("other").size(),
          after.values("other").size(),
          first.returned + other.returned);
    } finally {
      released.countDown();
      device.close();
    }
  }

  /// Waits, but not for ever: what is not there by then is lost.
  private static void waitFor(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.call() && System.nanoTime() < end) {
      Thread.sleep(10);
    }
  }

  /// Publishes from a thread that may never come back.
  private static final class Publisher {
    private volatile int returned;

    Publisher(String property, Consumer<Event> way) {
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                for (int n = 1; n <= EVENTS; n++) {
                  way.accept(new Event(TOPIC, Map.of(property, n)));
                  returned = n;
                }
              });
    }
  }
}
