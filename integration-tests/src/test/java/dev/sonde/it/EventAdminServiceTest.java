package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/// OSGi Event Admin 1.4: the service itself, what its bundle says it can do, and what becomes of
/// publishers that keep it when that bundle goes (§113.5, §113.7, §113.10).
class EventAdminServiceTest {

  private static final String TOPIC = "com/acme/service/NUMBER";
  private static final String BRIDGE = "dev.sonde.eventadmin-bridge";

  @TempDir Path home;
  private TestDevice device;

  private void start(String... admins) throws Exception {
    device = EventAdminFramework.start(home, Map.of(), admins);
  }

  @AfterEach
  void stop() throws Exception {
    device.close();
  }

  private static Event event(int n) {
    return new Event(TOPIC, Map.of("n", n));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldBeTheServiceThatPublishersGet(boolean felixFirst) throws Exception {
    start(
        felixFirst ? EventAdminFramework.FELIX : EventAdminFramework.BRIDGE,
        felixFirst ? EventAdminFramework.BRIDGE : EventAdminFramework.FELIX);
    assertThat(device.context().getServiceReferences(EventAdmin.class, null)).hasSize(2);
    ServiceReference<EventAdmin> best = device.context().getServiceReference(EventAdmin.class);
    assertThat(best.getBundle().getSymbolicName()).isEqualTo(BRIDGE);
    assertThat(best.getProperty(Constants.SERVICE_RANKING)).isEqualTo(1_000);

    device.bundle(BRIDGE).stop();
    ServiceReference<EventAdmin> left = device.context().getServiceReference(EventAdmin.class);
    assertThat(left.getBundle().getSymbolicName()).isEqualTo(EventAdminFramework.FELIX);
    device.bundle(BRIDGE).start();
    assertThat(device.context().getServiceReference(EventAdmin.class).getBundle())
        .isEqualTo(device.bundle(BRIDGE));
  }

  @Test
  void shouldProvideTheCapabilitiesOfAnImplementation() throws Exception {
    start(EventAdminFramework.BRIDGE);
    Neighbour requires =
        Neighbour.of(
            device,
            Map.of(
                Constants.REQUIRE_CAPABILITY,
                "osgi.implementation;filter:=\"(&(osgi.implementation=osgi.event)(version>=1.4)"
                    + "(!(version>=2.0)))\",osgi.service;effective:=resolve;"
                    + "filter:=\"(objectClass=org.osgi.service.event.EventAdmin)\""));
    BundleWiring wiring = requires.bundle().adapt(BundleWiring.class);
    for (String namespace : List.of("osgi.implementation", "osgi.service")) {
      assertThat(wiring.getRequiredWires(namespace))
          .singleElement()
          .satisfies(
              wire -> {
                assertThat(wire.getProvider().getBundle()).isEqualTo(device.bundle(BRIDGE));
                assertThat(wire.getCapability().getDirectives())
                    .containsEntry("uses", "org.osgi.service.event");
              });
    }
  }

  @Test
  void shouldServePublishersThatKeepItAcrossRestartsBesideAnother() throws Exception {
    start(EventAdminFramework.BRIDGE, EventAdminFramework.FELIX);
    Bundle bridge = device.bundle(BRIDGE);
    Neighbour neighbour = Neighbour.in(device);
    EventAdmin kept = neighbour.admin();
    Heard handler = neighbour.hear(TOPIC);
    publishBoth(kept, handler, 1);
    bridge.stop();
    publishBoth(kept, handler, 2);
    bridge.start();
    publishBoth(kept, handler, 3);
    TestDevice.updateInPlace(bridge);
    publishBoth(kept, handler, 4);
    device.bundle(EventAdminFramework.FELIX).stop();
    publishBoth(kept, handler, 5);
    // What it gets now is ours again, directly.
    publishBoth(neighbour.admin(), handler, 6);
  }

  @Test
  void shouldTellPublishersThatKeepItWhenThereIsNone() throws Exception {
    start(EventAdminFramework.BRIDGE);
    Bundle bridge = device.bundle(BRIDGE);
    Neighbour neighbour = Neighbour.in(device);
    EventAdmin kept = neighbour.admin();
    Heard handler = neighbour.hear(TOPIC);
    publishBoth(kept, handler, 1);
    bridge.stop();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> kept.postEvent(event(0)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no other");
      assertThatThrownBy(() -> kept.sendEvent(event(0)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no other");
    }
    bridge.start();
    publishBoth(kept, handler, 2);
    TestDevice.updateInPlace(bridge);
    publishBoth(kept, handler, 3);
  }

  /// Posts an event and sends one, each of which arrives once.
  private static void publishBoth(EventAdmin admin, Heard handler, int round) throws Exception {
    admin.postEvent(event(round));
    handler.await(2 * round - 1);
    admin.sendEvent(event(round));
    assertThat(handler.values("n")).hasSize(2 * round).endsWith(round, round);
  }

  @Test
  void shouldServeAPublisherThatHasStopped() throws Exception {
    start(EventAdminFramework.BRIDGE);
    Neighbour gone = Neighbour.in(device);
    EventAdmin kept = gone.admin();
    Heard handler = Neighbour.in(device).hear(TOPIC);
    gone.uninstall();
    publishBoth(kept, handler, 1);
    device.bundle(BRIDGE).stop();
    assertThatThrownBy(() -> kept.postEvent(event(0))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldFinishWhatIsBeingSentWhenItStops() throws Exception {
    start(EventAdminFramework.BRIDGE);
    Neighbour neighbour = Neighbour.in(device);
    EventAdmin admin = neighbour.admin();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Heard last = new Heard();
    // So many that the last is not called before the bridge has had time to end.
    for (int i = 0; i < 5; i++) {
      neighbour.register(
          event -> {
            entered.countDown();
            awaitBriefly(stopped);
          },
          TOPIC);
    }
    neighbour.register(last, TOPIC);
    Thread sender = Thread.startVirtualThread(() -> admin.sendEvent(event(1)));
    await(entered);
    device.bundle(BRIDGE).stop();
    stopped.countDown();
    sender.join();
    assertThat(last.values("n")).containsExactly(1);
  }

  private static void awaitBriefly(CountDownLatch latch) {
    try {
      boolean _ = latch.await(300, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(TestDevice.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldDeliverWhatWasPostedBeforeItStops() throws Exception {
    start(EventAdminFramework.BRIDGE);
    Neighbour neighbour = Neighbour.in(device);
    EventAdmin admin = neighbour.admin();
    Heard handler = neighbour.hear(TOPIC);
    int events = 1_000;
    for (int n = 1; n <= events; n++) {
      admin.postEvent(event(n));
    }
    device.bundle(BRIDGE).stop();
    assertThat(handler.size()).isEqualTo(events);
  }
}
