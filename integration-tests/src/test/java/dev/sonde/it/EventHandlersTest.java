package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/// OSGi Event Admin 1.4: handlers that come, change and go while events are delivered, that fail,
/// or that are made when they are needed (§113.1.1, §113.4, §113.7.2, §113.8.1).
class EventHandlersTest {

  private static final String TOPIC = "com/acme/handlers/NUMBER";
  private static final String OTHER = "com/acme/handlers/OTHER";

  @TempDir static Path home;
  private static TestDevice device;
  private Neighbour neighbour;
  private Neighbour publisher;
  private EventAdmin admin;
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch entered = new CountDownLatch(1);

  @BeforeAll
  static void start() throws Exception {
    device = EventAdminFramework.start(home, Map.of(), EventAdminFramework.BRIDGE);
  }

  @AfterAll
  static void stop() throws Exception {
    device.close();
  }

  @BeforeEach
  void install() throws Exception {
    neighbour = Neighbour.in(device);
    publisher = Neighbour.in(device);
    admin = publisher.admin();
  }

  @AfterEach
  void uninstall() throws Exception {
    released.countDown();
    neighbour.uninstall();
    publisher.uninstall();
  }

  private void post(int... numbers) {
    for (int n : numbers) {
      admin.postEvent(new Event(TOPIC, Map.of("n", n)));
    }
  }

  private void send(int n) {
    admin.sendEvent(new Event(TOPIC, Map.of("n", n)));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(TestDevice.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Notes what it hears, and stays in its first event until it is released.
  private final class Blocking implements EventHandler {
    private final Heard heard = new Heard();

    @Override
    public void handleEvent(Event event) {
      heard.handleEvent(event);
      entered.countDown();
      await(released);
    }
  }

  @Test
  void shouldNotShowAHandlerWhatWasPostedBeforeIt() throws Exception {
    Blocking blocking = new Blocking();
    neighbour.register(blocking, TOPIC);
    post(1, 2);
    await(entered);
    Heard later = neighbour.hear(TOPIC);
    post(3);
    released.countDown();
    blocking.heard.await(3);
    later.await(1);
    assertThat(later.values("n")).containsExactly(3);
  }

  @Test
  void shouldNotCallAHandlerAnyMoreOnceItIsUnregistered() throws Exception {
    Blocking blocking = new Blocking();
    ServiceRegistration<?> registration = neighbour.register(blocking, TOPIC);
    Heard other = neighbour.hear(TOPIC);
    post(1, 2, 3);
    await(entered);
    registration.unregister();
    released.countDown();
    post(4);
    send(5);
    other.await(5);
    assertThat(blocking.heard.values("n")).containsExactly(1);
  }

  @Test
  void shouldNotCallAHandlerThatAnOtherUnregistersFirst() {
    List<ServiceRegistration<?>> both = new ArrayList<>();
    AtomicInteger calls = new AtomicInteger();
    EventHandler unregistersAll =
        event -> {
          calls.incrementAndGet();
          both.forEach(ServiceRegistration::unregister);
        };
    both.add(neighbour.register(unregistersAll, TOPIC));
    both.add(neighbour.register(unregistersAll, TOPIC));
    send(1);
    assertThat(calls).hasValue(1);
  }

  @Test
  void shouldLetAHandlerUnregisterItself() throws Exception {
    AtomicReference<ServiceRegistration<?>> registration = new AtomicReference<>();
    Heard once = new Heard();
    registration.set(
        neighbour.register(
            event -> {
              registration.get().unregister();
              once.handleEvent(event);
            },
            TOPIC));
    Heard other = neighbour.hear(TOPIC);
    post(1, 2);
    send(3);
    other.await(3);
    once.await(1);
    assertThat(once.size()).isEqualTo(1);
  }

  private static void stop(Bundle bundle) {
    try {
      bundle.stop();
    } catch (BundleException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldShowAHandlerThatAnotherRegistersTheEventsAfterThat() throws Exception {
    AtomicReference<Heard> registered = new AtomicReference<>();
    Heard first = new Heard();
    neighbour.register(
        event -> {
          if (event.getProperty("n").equals(1)) {
            registered.set(neighbour.hear(TOPIC));
          }
          first.handleEvent(event);
        },
        TOPIC);
    send(1);
    assertThat(registered.get().events()).isEmpty();
    send(2);
    post(3);
    registered.get().await(2);
    assertThat(registered.get().values("n")).containsExactly(2, 3);
  }

  @Test
  void shouldShowAModifiedHandlerWhatItWantsNowBehindWhatItWantedBefore() throws Exception {
    Blocking blocking = new Blocking();
    ServiceRegistration<?> registration = neighbour.register(blocking, TOPIC);
    post(1, 2);
    await(entered);
    registration.setProperties(
        new Hashtable<>(Neighbour.wanting(OTHER, EventConstants.EVENT_FILTER, "(n>=4)")));
    post(3);
    for (int n = 3; n <= 5; n++) {
      admin.postEvent(new Event(OTHER, Map.of("n", n)));
    }
    released.countDown();
    blocking.heard.await(4);
    assertThat(blocking.heard.values("n")).containsExactly(1, 2, 4, 5);
    assertThat(blocking.heard.topics()).containsExactly(TOPIC, TOPIC, OTHER, OTHER);
  }

  @Test
  void shouldFollowPropertiesThatBecomeIllegalAndLegalAgain() throws Exception {
    Heard handler = neighbour.hear(TOPIC);
    Heard other = neighbour.hear(TOPIC);
    post(1);
    handler.await(1);
    List<Map<String, Object>> illegal =
        List.of(
            Map.of(),
            Map.of(EventConstants.EVENT_TOPIC, "a//b"),
            Neighbour.wanting(TOPIC, EventConstants.EVENT_FILTER, "(n"));
    for (Map<String, Object> properties : illegal) {
      handler.modify(properties);
      post(2);
      send(2);
    }
    handler.modify(Map.of(EventConstants.EVENT_TOPIC, TOPIC));
    post(3);
    handler.await(2);
    other.await(8);
    assertThat(handler.values("n")).containsExactly(1, 3);
  }

  @Test
  void shouldModifyAHandlerWhileEventsCome() throws Exception {
    Heard handler = neighbour.hear(TOPIC);
    Thread modifies =
        Thread.startVirtualThread(
            () -> {
              for (int i = 0; i < 500; i++) {
                handler.modify(
                    Neighbour.wanting(
                        new String[] {TOPIC}, EventConstants.EVENT_FILTER, "(n>=" + -i + ")"));
              }
            });
    int events = 0;
    while (modifies.isAlive()) {
      post(++events);
    }
    int posted = events;
    handler.await(posted);
    assertThat(handler.values("n"))
        .isEqualTo(Stream.iterate(1, n -> n + 1).limit(posted).map(n -> (Object) n).toList());
  }

  /// What may happen to a bundle while one of its handlers is at an event.
  enum Ending {
    STOPPED {
      @Override
      void of(Neighbour neighbour) throws BundleException {
        neighbour.bundle().stop();
      }
    },
    UPDATED {
      @Override
      void of(Neighbour neighbour) throws Exception {
        neighbour
            .bundle()
            .update(
                new ByteArrayInputStream(TestBundles.empty(neighbour.name(), Map.of("X", "2"))));
      }
    },
    UNINSTALLED {
      @Override
      void of(Neighbour neighbour) throws BundleException {
        neighbour.uninstall();
      }
    };

    abstract void of(Neighbour neighbour) throws Exception;
  }

  static Ending[] endings() {
    return Ending.values();
  }

  @ParameterizedTest
  @MethodSource("endings")
  void shouldNotCallHandlersOfABundleAnyMoreThatEnds(Ending ending) throws Exception {
    Neighbour another = Neighbour.in(device);
    Heard other = another.hear(TOPIC);
    Blocking blocking = new Blocking();
    neighbour.register(blocking, TOPIC);
    Heard second = neighbour.hear(TOPIC);
    post(1, 2, 3);
    await(entered);
    second.await(3);

    ending.of(neighbour);

    post(4);
    send(5);
    released.countDown();
    other.await(5);
    assertThat(blocking.heard.values("n")).containsExactly(1);
    assertThat(second.values("n")).containsExactly(1, 2, 3);
    if (ending != Ending.UNINSTALLED) {
      neighbour.bundle().start();
      Heard again = neighbour.hear(TOPIC);
      send(6);
      assertThat(again.values("n")).containsExactly(6);
    }
    another.uninstall();
  }

  @ParameterizedTest
  @MethodSource("endings")
  void shouldDeliverToOthersWhileBundlesEndUnderTraffic(Ending ending) throws Exception {
    Heard other = publisher.hear(TOPIC);
    AtomicInteger failures = new AtomicInteger();
    Thread ends =
        Thread.startVirtualThread(
            () -> {
              try {
                for (int i = 0; i < 20; i++) {
                  Neighbour shortLived = Neighbour.in(device);
                  shortLived.hear(TOPIC);
                  shortLived.hear("*");
                  ending.of(shortLived);
                  shortLived.uninstall();
                }
              } catch (Exception e) {
                failures.incrementAndGet();
              }
            });
    int events = 0;
    while (ends.isAlive()) {
      post(++events);
      send(++events);
    }
    other.await(events);
    assertThat(other.values("n")).doesNotHaveDuplicates().hasSize(events);
    assertThat(failures).hasValue(0);
  }

  @Test
  void shouldLetAHandlerStopItsBundle() throws Exception {
    Heard once = new Heard();
    neighbour.register(
        event -> {
          stop(neighbour.bundle());
          once.handleEvent(event);
        },
        TOPIC);
    Heard other = publisher.hear(TOPIC);
    post(1, 2);
    other.await(2);
    once.await(1);
    assertThat(neighbour.bundle().getState()).isEqualTo(Bundle.RESOLVED);
    send(3);
    assertThat(once.size()).isEqualTo(1);
  }

  /// Makes handlers for bundles, and notes for which.
  private static class Factory implements ServiceFactory<EventHandler> {
    final Heard heard = new Heard();
    final List<String> steps = Collections.synchronizedList(new ArrayList<>());

    @Override
    public EventHandler getService(Bundle bundle, ServiceRegistration<EventHandler> registration) {
      steps.add("got by " + bundle.getSymbolicName());
      return heard;
    }

    @Override
    public void ungetService(
        Bundle bundle, ServiceRegistration<EventHandler> registration, EventHandler service) {
      steps.add("given back by " + bundle.getSymbolicName());
    }
  }

  /// The same, as a prototype.
  private static final class Prototype extends Factory
      implements PrototypeServiceFactory<EventHandler> {}

  static Stream<Factory> factories() {
    return Stream.of(new Factory(), new Prototype());
  }

  @ParameterizedTest
  @MethodSource("factories")
  void shouldGetAHandlerOfAFactoryOnceAndGiveItBack(Factory factory) throws Exception {
    ServiceRegistration<?> registration =
        neighbour.register(factory, Map.of(EventConstants.EVENT_TOPIC, TOPIC));
    assertThat(factory.steps).as("before the first event").isEmpty();
    post(1, 2);
    factory.heard.await(2);
    send(3);
    assertThat(factory.steps).containsExactly("got by dev.sonde.eventadmin-bridge");
    registration.unregister();
    assertThat(factory.steps)
        .containsExactly(
            "got by dev.sonde.eventadmin-bridge", "given back by dev.sonde.eventadmin-bridge");
  }

  @Test
  void shouldGoOnWhenAFactoryGivesNoHandlerYet() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Heard late = new Heard();
    neighbour.register(
        new Factory() {
          @Override
          public EventHandler getService(Bundle bundle, ServiceRegistration<EventHandler> it) {
            return switch (asked.incrementAndGet()) {
              case 1 -> null;
              case 2 -> throw new IllegalStateException("not yet");
              case 3 -> throw new NoClassDefFoundError("com/acme/Missing");
              default -> late;
            };
          }
        },
        Map.of(EventConstants.EVENT_TOPIC, TOPIC));
    Heard other = neighbour.hear(TOPIC);
    post(1, 2);
    TestDevice.await("two failures", () -> asked.get() == 2);
    send(3);
    send(4);
    post(5);
    other.await(5);
    late.await(2);
    assertThat(late.values("n")).containsExactly(4, 5);
  }

  static Stream<Throwable> thrown() {
    return Stream.of(
        new IllegalStateException("I do not like events"),
        new StackOverflowError("deep"),
        new AssertionError("wrong"),
        new NoClassDefFoundError("com/acme/Missing"),
        new OutOfMemoryError("so it says"),
        new InterruptedException("checked"),
        new Throwable("bare") {
          @Override
          public String getMessage() {
            throw new IllegalStateException("nor do I say why");
          }

          @Override
          public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("nor where");
          }
        });
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void shouldGoOnWhateverAHandlerThrows(Throwable thrown) throws Exception {
    try (Logged logged = Logged.begin()) {
      Heard failures = publisher.hear("sonde/module/HANDLER_FAILED");
      Heard calls = new Heard();
      ServiceRegistration<?> throwing =
          neighbour.register(
              event -> {
                calls.handleEvent(event);
                EventHandlersTest.<RuntimeException>sneak(thrown);
              },
              TOPIC);
      Heard other = neighbour.hear(TOPIC);
      post(1, 2);
      other.await(2);
      calls.await(2);
      send(3);
      assertThat(calls.values("n")).containsExactly(1, 2, 3);
      assertThat(other.values("n")).containsExactly(1, 2, 3);
      failures.await(3);
      assertThat(failures.values("name")).containsOnly(Neighbour.nameOf(throwing));
      assertThat(logged.lines("WARN", Neighbour.nameOf(throwing), TOPIC)).isGreaterThanOrEqualTo(3);
      throwing.unregister();
    }
  }

  /// A handler that hears of its own failures fails again.
  @Test
  void shouldNotLoopWithAHandlerThatFailsAtFailures() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    neighbour.register(
        event -> {
          calls.incrementAndGet();
          throw new IllegalStateException(event.getTopic());
        },
        "*");
    Heard failures = publisher.hear("sonde/module/HANDLER_FAILED");
    post(1);
    send(2);
    failures.await(2);
    post(3);
    failures.await(3);
    TestDevice.await("the failures at failures", () -> calls.get() == 6);
    assertThat(failures.size()).isEqualTo(3);
  }
}
