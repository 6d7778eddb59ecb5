package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.osgi.service.event.EventProperties;

/// OSGi Event Admin 1.4: what `postEvent` and `sendEvent` promise to those who publish and to those
/// who handle (§113.3.2, §113.3.3, §113.4.1, §113.7).
class EventDeliveryTest {

  private static final String TOPIC = "com/acme/delivery/NUMBER";
  private static final String OTHER = "com/acme/delivery/OTHER";
  private static final int PUBLISHERS = 4;
  private static final int EVENTS = 1_000;

  @TempDir static Path home;
  private static TestDevice device;
  private Neighbour neighbour;
  private EventAdmin admin;

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
    admin = neighbour.admin();
  }

  @AfterEach
  void uninstall() throws Exception {
    neighbour.uninstall();
  }

  private static Event event(String topic, int n) {
    return new Event(topic, Map.of("n", n));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(TestDevice.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Object> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).<Object>mapToObj(n -> n).toList();
  }

  @Test
  void shouldReturnFromPostEventBeforeItIsHandled() throws Exception {
    CountDownLatch posted = new CountDownLatch(1);
    Heard after = new Heard();
    neighbour.register(
        event -> {
          await(posted);
          after.handleEvent(event);
        },
        TOPIC);
    admin.postEvent(event(TOPIC, 1));
    assertThat(after.size()).isZero();
    posted.countDown();
    after.await(1);
  }

  static Stream<Arguments> qualities() {
    String ordered = EventConstants.DELIVERY_ASYNC_ORDERED;
    String unordered = EventConstants.DELIVERY_ASYNC_UNORDERED;
    return Stream.of(
            ordered,
            new String[] {ordered},
            List.of(ordered),
            new String[] {unordered, ordered},
            List.of(ordered, unordered),
            Set.of(unordered, ordered),
            "com.acme.unknown",
            17)
        .map(quality -> Arguments.of(quality));
  }

  @ParameterizedTest
  @MethodSource("qualities")
  void shouldDeliverInTheOrderOfEachPublishingThread(Object quality) throws Exception {
    shouldDeliverInOrder(Neighbour.wanting(TOPIC, EventConstants.EVENT_DELIVERY, quality));
  }

  @Test
  void shouldDeliverInTheOrderOfEachPublishingThreadWithoutAQuality() throws Exception {
    shouldDeliverInOrder(Map.of(EventConstants.EVENT_TOPIC, TOPIC));
  }

  private void shouldDeliverInOrder(Map<String, Object> properties) throws Exception {
    Heard first = neighbour.hear(properties);
    Heard second = neighbour.hear(properties);
    postFromSeveralThreads();
    first.await(PUBLISHERS * EVENTS);
    second.await(PUBLISHERS * EVENTS);
    for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
      assertThat(first.values("publisher " + publisher)).isEqualTo(numbers(1, EVENTS));
    }
    // More than is asked for: the same at every handler.
    assertThat(second.events()).isEqualTo(first.events());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldDeliverEachEventOnceWhereOrderIsNotAskedFor(boolean inAList) throws Exception {
    String unordered = EventConstants.DELIVERY_ASYNC_UNORDERED;
    Heard handler =
        neighbour.hear(
            Neighbour.wanting(
                TOPIC, EventConstants.EVENT_DELIVERY, inAList ? List.of(unordered) : unordered));
    postFromSeveralThreads();
    handler.await(PUBLISHERS * EVENTS);
    for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
      assertThat(handler.values("publisher " + publisher))
          .containsExactlyInAnyOrderElementsOf(numbers(1, EVENTS));
    }
  }

  private void postFromSeveralThreads() throws InterruptedException {
    List<Thread> publishers = new ArrayList<>();
    for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
      String property = "publisher " + publisher;
      publishers.add(
          Thread.startVirtualThread(
              () -> {
                for (int i = 1; i <= EVENTS; i++) {
                  admin.postEvent(new Event(TOPIC, Map.of(property, i)));
                }
              }));
    }
    for (Thread publisher : publishers) {
      publisher.join();
    }
  }

  @Test
  void shouldDeliverWhatAHandlerPostsOnItsOwnTopicBehindWhatWaits() throws Exception {
    CountDownLatch posted = new CountDownLatch(1);
    Heard handler = new Heard();
    neighbour.register(
        event -> {
          await(posted);
          handler.handleEvent(event);
          if (event.getProperty("n").equals(1)) {
            admin.postEvent(event(TOPIC, 3));
            assertThat(handler.values("n")).as("not from within").containsExactly(1);
          }
        },
        TOPIC);
    admin.postEvent(event(TOPIC, 1));
    admin.postEvent(event(TOPIC, 2));
    posted.countDown();
    handler.await(3);
    assertThat(handler.values("n")).containsExactly(1, 2, 3);
  }

  @Test
  void shouldReturnFromSendEventWhenAllHandlersHaveReturned() {
    List<Heard> handlers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Heard after = new Heard();
      handlers.add(after);
      neighbour.register(
          event -> {
            Thread.yield();
            after.handleEvent(event);
          },
          TOPIC);
    }
    for (int n = 1; n <= 100; n++) {
      admin.sendEvent(event(TOPIC, n));
      for (Heard handler : handlers) {
        assertThat(handler.values("n")).isEqualTo(numbers(1, n));
      }
    }
  }

  @Test
  void shouldReturnFromSendEventThoughNobodyListens() {
    admin.sendEvent(event("com/acme/nobody/LISTENS", 1));
    admin.postEvent(event("com/acme/nobody/LISTENS", 2));
  }

  @Test
  void shouldFinishWhatIsSentFromWithinAHandlerBeforeThatGoesOn() {
    List<String> steps = Collections.synchronizedList(new ArrayList<>());
    neighbour.register(
        event -> {
          steps.add("first begins");
          admin.sendEvent(event(OTHER, 2));
          steps.add("first goes on");
        },
        TOPIC);
    neighbour.register(event -> steps.add("second"), OTHER);
    admin.sendEvent(event(TOPIC, 1));
    steps.add("sent");
    assertThat(steps).containsExactly("first begins", "second", "first goes on", "sent");
  }

  /// Deeper than threads are kept for.
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 400})
  void shouldDeliverWhatAHandlerSendsOnItsOwnTopic(int depth) {
    List<Integer> begun = Collections.synchronizedList(new ArrayList<>());
    List<Integer> ended = Collections.synchronizedList(new ArrayList<>());
    neighbour.register(
        event -> {
          int n = (int) event.getProperty("n");
          begun.add(n);
          if (n < depth) {
            admin.sendEvent(event(TOPIC, n + 1));
          }
          ended.addFirst(n);
        },
        TOPIC);
    admin.sendEvent(event(TOPIC, 0));
    assertThat(begun).isEqualTo(IntStream.rangeClosed(0, depth).boxed().toList());
    assertThat(ended).isEqualTo(begun);
  }

  @Test
  void shouldDeliverWhatAHandlerSendsOnItsOwnTopicOfAPostedEvent() throws Exception {
    List<String> steps = Collections.synchronizedList(new ArrayList<>());
    neighbour.register(
        event -> {
          steps.add("begins " + event.getProperty("n"));
          if (event.getProperty("n").equals(1)) {
            admin.sendEvent(event(TOPIC, 2));
          }
          steps.add("ends " + event.getProperty("n"));
        },
        TOPIC);
    admin.postEvent(event(TOPIC, 1));
    TestDevice.await("both", () -> steps.contains("ends 1"));
    assertThat(steps).containsExactly("begins 1", "begins 2", "ends 2", "ends 1");
  }

  @Test
  void shouldDeliverWhatTwoHandlersSendToEachOther() {
    Heard both = new Heard();
    EventHandler pingPong =
        event -> {
          both.handleEvent(event);
          int n = (int) event.getProperty("n");
          if (n < 50) {
            admin.sendEvent(event(event.getTopic().equals(TOPIC) ? OTHER : TOPIC, n + 1));
          }
        };
    neighbour.register(pingPong, TOPIC);
    neighbour.register(pingPong, OTHER);
    admin.sendEvent(event(TOPIC, 1));
    assertThat(both.values("n")).isEqualTo(numbers(1, 50));
  }

  @Test
  void shouldSendFromSeveralThreadsAtOnceEachInItsOrder() throws Exception {
    Heard handler = neighbour.hear(TOPIC);
    List<Thread> senders = new ArrayList<>();
    for (int sender = 0; sender < PUBLISHERS; sender++) {
      String property = "sender " + sender;
      senders.add(
          Thread.startVirtualThread(
              () -> {
                for (int i = 1; i <= EVENTS; i++) {
                  admin.sendEvent(new Event(TOPIC, Map.of(property, i)));
                }
              }));
    }
    for (Thread sender : senders) {
      sender.join();
    }
    for (int sender = 0; sender < PUBLISHERS; sender++) {
      assertThat(handler.values("sender " + sender)).isEqualTo(numbers(1, EVENTS));
    }
  }

  @Test
  void shouldSendThoughTheSenderIsInterruptedAndLeaveItSo() {
    Heard handler = new Heard();
    neighbour.register(
        event -> {
          Thread.yield();
          assertThat(Thread.currentThread().isInterrupted()).isFalse();
          handler.handleEvent(event);
        },
        TOPIC);
    Thread.currentThread().interrupt();
    admin.sendEvent(event(TOPIC, 1));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(handler.size()).isEqualTo(1);
  }

  @Test
  void shouldNotInterruptTheNextEventOfAHandlerThatInterruptsItself() throws Exception {
    Heard calm = new Heard();
    neighbour.register(
        event -> {
          if (!Thread.currentThread().isInterrupted()) {
            calm.handleEvent(event);
          }
          Thread.currentThread().interrupt();
        },
        TOPIC);
    for (int n = 1; n <= 3; n++) {
      admin.sendEvent(event(TOPIC, n));
      admin.postEvent(event(TOPIC, n));
    }
    calm.await(6);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  /// An event with state of its own.
  private static final class Subclass extends Event {
    private final Object more = new Object();

    Subclass(String topic) {
      super(topic, (Map<String, ?>) null);
    }
  }

  @Test
  void shouldDeliverTheSameObjectToEveryHandler() throws Exception {
    Heard first = neighbour.hear(TOPIC);
    Heard second = neighbour.hear(TOPIC);
    Subclass posted = new Subclass(TOPIC);
    admin.postEvent(posted);
    first.await(1);
    second.await(1);
    Subclass sent = new Subclass(TOPIC);
    admin.sendEvent(sent);
    for (Heard handler : List.of(first, second)) {
      assertThat(handler.events().getFirst()).isSameAs(posted);
      assertThat(handler.events().getLast()).isSameAs(sent);
    }
    assertThat(sent.more).isNotEqualTo(posted.more);
  }

  static Stream<Arguments> events() {
    Map<String, Object> map = new HashMap<>();
    map.put("n", 1);
    map.put("nothing", null);
    Dictionary<String, Object> dictionary = new Hashtable<>(Map.of("n", 1));
    return Stream.of(
        Arguments.of("map", new Event(TOPIC, map), 3),
        Arguments.of("dictionary", new Event(TOPIC, dictionary), 2),
        Arguments.of("EventProperties", new Event(TOPIC, new EventProperties(map)), 3),
        Arguments.of("no property", new Event(TOPIC, Map.of()), 1),
        Arguments.of("null map", new Event(TOPIC, (Map<String, ?>) null), 1),
        Arguments.of("null dictionary", new Event(TOPIC, (Dictionary<String, ?>) null), 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("events")
  void shouldDeliverEventsWithWhateverProperties(String form, Event event, int names)
      throws Exception {
    Heard handler = neighbour.hear(TOPIC);
    Heard filtered = neighbour.hear(Neighbour.wanting(TOPIC, EventConstants.EVENT_FILTER, "(n=1)"));
    admin.sendEvent(event);
    admin.postEvent(event);
    admin.postEvent(event(TOPIC, 1));
    handler.await(3);
    assertThat(handler.events()).startsWith(event, event);
    assertThat(handler.events().getFirst().getPropertyNames()).as(form).hasSize(names);
    int passing = event.containsProperty("n") ? 3 : 1;
    filtered.await(passing);
    assertThat(filtered.size()).isEqualTo(passing);
  }

  @Test
  void shouldShareEventPropertiesAndCopyMaps() throws Exception {
    Heard handler = neighbour.hear("com/acme/delivery/*");
    Map<String, Object> map = new HashMap<>(Map.of("n", 1));
    EventProperties shared = new EventProperties(map);
    Event copied = new Event(TOPIC, map);
    map.put("n", 2);
    admin.postEvent(copied);
    admin.postEvent(new Event(TOPIC, shared));
    admin.postEvent(new Event(OTHER, shared));
    handler.await(3);
    assertThat(handler.values("n")).containsExactly(1, 1, 1);
  }

  @Test
  void shouldRefuseNull() throws Exception {
    Heard handler = neighbour.hear("com/acme/*");
    assertThatThrownBy(() -> admin.postEvent(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> admin.sendEvent(null)).isInstanceOf(NullPointerException.class);
    admin.postEvent(event(TOPIC, 1));
    handler.await(1);
    assertThat(handler.size()).isEqualTo(1);
  }
}
