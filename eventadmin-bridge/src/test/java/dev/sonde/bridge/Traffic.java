package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.Event;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// A family of events of several topics, and every way to subscribe to some of them. Each publisher
/// numbers its events from 0.
sealed interface Traffic extends Event {

  int publisher();

  int number();

  /// A family within the family.
  sealed interface Warm extends Traffic {}

  @Topic("order/colour/RED")
  record Red(int publisher, int number) implements Warm {}

  @Topic("order/colour/GREEN")
  record Green(int publisher, int number) implements Traffic {}

  @Topic("order/colour/BLUE")
  record Blue(int publisher, int number) implements Traffic {}

  /// Published by a handler.
  @Topic("order/ECHO")
  record Echo(int publisher, int number) implements Warm {}

  /// A way to subscribe, and the last tokens of the topics that it must hear.
  enum Shape {
    RECORD(Subscription.to(Red.class), "RED"),
    FAMILY(Subscription.to(Traffic.class), "RED", "GREEN", "BLUE", "ECHO"),
    INNER_FAMILY(Subscription.to(Warm.class), "RED", "ECHO"),
    TYPES(Subscription.to(Traffic.class).types(Red.class).except("order/colour/*"), "ECHO"),
    TOPIC(Subscription.of("t").topics("order/colour/GREEN"), "GREEN"),
    PREFIX(Subscription.of("p").topics("order/colour/*"), "RED", "GREEN", "BLUE"),
    PLAIN(Subscription.of("p").topics("order/plain/*"), "0", "1", "2", "3"),
    PLAIN_TOPIC(Subscription.of("t").topics("order/plain/3"), "3"),
    MIXED(
        Subscription.of("m").topics("order/plain/1", "ledger/MARK").types(Echo.class),
        "1",
        "MARK",
        "ECHO"),
    ALL_BUT(
        Subscription.of("a").topics("*").except("order/colour/BLUE", "order/plain/*"),
        "RED",
        "GREEN",
        "ECHO",
        "MARK",
        "plain"),
    ALL(
        Subscription.of("a").topics("*"),
        "RED",
        "GREEN",
        "BLUE",
        "ECHO",
        "MARK",
        "0",
        "1",
        "2",
        "3",
        "plain");

    private final Subscription<? extends Event> subscription;
    private final Set<String> lastTokens;

    Shape(Subscription<? extends Event> subscription, String... lastTokens) {
      this.subscription = subscription;
      this.lastTokens = Set.of(lastTokens);
    }

    Subscription<? extends Event> subscription() {
      return subscription;
    }

    boolean matches(String topic) {
      return lastTokens.contains(topic.substring(topic.lastIndexOf('/') + 1));
    }
  }

  static Event random(RandomGenerator random, int publisher, int number) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> new Red(publisher, number);
      case 2, 3 -> new Green(publisher, number);
      case 4, 5 -> new Blue(publisher, number);
      default ->
          new PlainEvent(
              // The prefix is below itself for nobody.
              random.nextInt(5) == 0 ? "order/plain" : "order/plain/" + random.nextInt(4),
              Map.of("publisher", publisher, "number", number));
    };
  }

  static void checkOrderOfPublishers(Ledger.Sent[] sent) {
    Map<Integer, Integer> next = new HashMap<>();
    for (Ledger.Sent one : sent) {
      switch (one.event()) {
        case Traffic traffic -> checkNext(next, traffic.publisher(), traffic.number());
        case PlainEvent plain ->
            checkNext(
                next,
                (Integer) plain.properties().get("publisher"),
                (Integer) plain.properties().get("number"));
        default -> {
          // A mark.
        }
      }
    }
    assertThat(new TreeSet<>(next.keySet())).containsExactly(0, 1, 2, 3, 4, 100, 101);
  }

  private static void checkNext(Map<Integer, Integer> next, int publisher, int number) {
    if (number != next.getOrDefault(publisher, 0)) {
      throw new AssertionError(
          "Publisher " + publisher + ": " + number + " where " + next.get(publisher) + " was due");
    }
    next.put(publisher, number + 1);
  }
}
