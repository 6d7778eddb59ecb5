package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.bus.spi.HostedModule.Stopped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who subscribes in the middle of everything hears the last of each thing, and from there on
/// everything.
class WithLastTest {

  private static final int PUBLISHERS = 3;
  private static final int KEYS = 5;
  private static final int SUBSCRIBERS = 60;
  private static final int CAPACITY = 1 << 20;

  /// How many events are published around each beginning of a subscription.
  private static final int EACH_TIME = 300;

  private final Device device = new Device();
  private final AtomicLong budget = new AtomicLong();
  private final AtomicBoolean end = new AtomicBoolean();

  @AfterEach
  void close() {
    end.set(true);
    device.close();
  }

  sealed interface Known extends Event permits Gauge, Door {}

  /// Retained for each name.
  @Topic(value = "last/GAUGE", key = "name", retained = true)
  record Gauge(String name, int value) implements Known {}

  /// Retained for its topic.
  @Topic(value = "last/DOOR", retained = true)
  record Door(int value) implements Known {}

  /// Not retained.
  @Topic("last/STEP")
  record Step(int value) implements Event {}

  /// Ways to ask for it, and what they must then hear.
  enum Way {
    FAMILY(Subscription.to(Known.class), Known.class::isInstance),
    RECORD(Subscription.to(Gauge.class), Gauge.class::isInstance),
    TOPIC(Subscription.of("door").topics("last/DOOR"), Door.class::isInstance),
    PREFIX(Subscription.of("last").topics("last/*"), event -> true),
    NEWEST_GOES(Subscription.of("last").topics("last/*").dropNewest(), event -> true),
    EXCEPT(
        Subscription.of("last").topics("*").except("last/DOOR"), event -> !(event instanceof Door));

    private final Subscription<? extends Event> subscription;
    private final Predicate<Event> matches;

    Way(Subscription<? extends Event> subscription, Predicate<Event> matches) {
      this.subscription = subscription.withLast().capacity(CAPACITY);
      this.matches = matches;
    }
  }

  /// One that came late: what was heard, and between which sequences it subscribed.
  private static final class Late {
    private final Queue<Envelope> heard = new ConcurrentLinkedQueue<>();
    private volatile long before;
    private volatile long after;

    void open(Device device, ModuleContext context, Subscription<? extends Event> subscription) {
      before = device.bus.sequence();
      context.on(subscription, (event, at) -> heard.add(at));
      after = device.bus.sequence();
    }

    List<Long> sequences() {
      return heard.stream().map(Envelope::sequence).toList();
    }

    /// Whether it heard what it must, had it begun at one of the sequences at which it may have.
    boolean fits(List<Ledger.Sent> matching) {
      List<Long> sequences = sequences();
      LinkedHashMap<String, Long> last = new LinkedHashMap<>();
      for (int i = 0; i < matching.size() && previous(matching, i) <= after; i++) {
        Ledger.Sent next = matching.get(i);
        if (next.sequence() > before
            && isHeard(sequences, last, matching.subList(i, matching.size()))) {
          return true;
        }
        if (isRetained(next.event())) {
          last.putLast(identityOf(next.event()), next.sequence());
        }
      }
      return false;
    }

    private static long previous(List<Ledger.Sent> matching, int i) {
      return i == 0 ? 0 : matching.get(i - 1).sequence();
    }

    private static boolean isHeard(
        List<Long> heard, LinkedHashMap<String, Long> last, List<Ledger.Sent> following) {
      return heard.size() == last.size() + following.size()
          && heard.subList(0, last.size()).equals(List.copyOf(last.values()))
          && heard
              .subList(last.size(), heard.size())
              .equals(following.stream().map(Ledger.Sent::sequence).toList());
    }
  }

  private static boolean isRetained(Event event) {
    return event instanceof Known;
  }

  private static String identityOf(Event event) {
    return event instanceof Gauge gauge ? gauge.name() : event.getClass().getName();
  }

  private static Event event(int publisher, int i) {
    return switch (i % 8) {
      case 0 -> new Door(i);
      case 1, 2 -> new Step(i);
      default -> new Gauge("gauge " + (publisher + i / 3) % KEYS, i);
    };
  }

  private void publish(int publisher, Ledger ledger) {
    for (int i = 0; !end.get(); i++) {
      while (budget.get() <= 0 && !end.get()) {
        Thread.onSpinWait();
      }
      budget.decrementAndGet();
      ledger.publish(device::publish, event(publisher, i), 0);
    }
  }

  /// Lets some more be published, and returns in the middle of that.
  private void awaitTraffic() {
    long middle = device.bus.sequence() + EACH_TIME / 10;
    budget.set(EACH_TIME);
    Deadline deadline = new Deadline();
    while (device.bus.sequence() < middle) {
      assertThat(deadline.isOver()).isFalse();
      Thread.onSpinWait();
    }
  }

  private List<Late> subscribeWhilePublishing(
      Ledger ledger, Subscription<? extends Event> subscription) {
    List<Late> subscribers = new ArrayList<>();
    Together publishing = Together.start(PUBLISHERS, p -> publish(p, ledger));
    Deadline deadline = new Deadline();
    // On a busy machine it may take more of them until one begins in the middle of it.
    for (int i = 0;
        i < SUBSCRIBERS || (noneIsInTheMiddle(subscribers) && !deadline.isOver());
        i++) {
      Late late = new Late();
      subscribers.add(late);
      device.module(
          "late-" + i,
          c -> {
            awaitTraffic();
            late.open(device, c, subscription);
          });
    }
    awaitTraffic();
    end.set(true);
    publishing.join();
    device.awaitQuiet();
    return subscribers;
  }

  private static boolean noneIsInTheMiddle(List<Late> subscribers) {
    return subscribers.stream().noneMatch(late -> late.after > late.before);
  }

  private List<String> heardBy(String name, Subscription<Event> subscription) {
    List<String> heard = new CopyOnWriteArrayList<>();
    HostedModule version =
        device.module(
            name,
            c ->
                c.on(
                    subscription,
                    (event, at) ->
                        heard.add(
                            event instanceof Gauge gauge
                                ? gauge.name() + gauge.value()
                                : event.toString())));
    device.awaitQuiet();
    assertThat(version.inboxes().getFirst().counts().isBalanced()).isTrue();
    assertThat(version.stop(true, Device.DEADLINE)).isEqualTo(Stopped.CLEANLY);
    return heard;
  }

  @Test
  void shouldGiveTheNextVersionWhatTheOneBeforeWasNotGiven() {
    Subscription<Event> gauges = Subscription.of("all").topics("last/GAUGE");
    device.publish(new Gauge("a", 1));
    assertThat(heardBy("screen", gauges)).isEmpty();
    device.publish(new Gauge("b", 2));
    assertThat(heardBy("screen", gauges)).containsExactly("b2");
    device.publish(new Gauge("c", 3));
    device.publish(new Door(4));
    device.publish(new Gauge("d", 5));

    Subscription<Event> all = gauges.topics("last/*").withLast();
    assertThat(heardBy("screen", all))
        .as("a: from before it began; b: given already; the door: not asked for until now")
        .containsExactly("a1", "c3", "Door[value=4]", "d5");
    assertThat(heardBy("screen", all)).isEmpty();
    device.publish(new Gauge("a", 6));
    assertThat(heardBy("screen", all)).containsExactly("a6");
    assertThat(heardBy("screen", all.except("last/DOOR"))).isEmpty();
    device.publish(new Door(7));
    assertThat(heardBy("screen", all)).containsExactly("Door[value=7]");
  }

  @Test
  void shouldNotGiveAgainWhatAVersionWithoutTheLastWasGiven() {
    Subscription<Event> gauges = Subscription.of("all").topics("last/GAUGE");
    device.publish(new Gauge("a", 1));
    assertThat(heardBy("screen", gauges.withLast())).containsExactly("a1");
    assertThat(heardBy("screen", gauges)).isEmpty();
    assertThat(heardBy("screen", gauges.withLast())).isEmpty();
    device.forget("screen");
    assertThat(heardBy("screen", gauges.withLast())).as("a new inbox").containsExactly("a1");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void shouldHearTheLastAndThenEverythingWhilePublishersRun(Way way) {
    Ledger ledger = new Ledger();
    List<Late> subscribers = subscribeWhilePublishing(ledger, way.subscription);
    List<Ledger.Sent> matching =
        Arrays.stream(ledger.inOrder()).filter(sent -> way.matches.test(sent.event())).toList();
    assertThat(subscribers).allMatch(late -> late.fits(matching));
    assertThat(noneIsInTheMiddle(subscribers)).isFalse();
  }

  @Test
  void shouldHearTheNewestOfEachWhilePublishersRun() {
    Ledger ledger = new Ledger();
    Subscription<? extends Event> latest = Subscription.to(Known.class).withLast().latest();
    List<Late> subscribers = subscribeWhilePublishing(ledger, latest);
    Map<String, Long> newest = new HashMap<>();
    for (Ledger.Sent sent : ledger.inOrder()) {
      if (isRetained(sent.event())) {
        newest.put(identityOf(sent.event()), sent.sequence());
      }
    }
    for (Late late : subscribers) {
      Map<String, Long> heard = new HashMap<>();
      late.heard.forEach(at -> heard.put(identityOf(at.event()), at.sequence()));
      assertThat(heard).isEqualTo(newest);
      assertThat(late.sequences()).isSorted().doesNotHaveDuplicates();
    }
  }
}
