package dev.sonde.bridge.shell;

import dev.sonde.bridge.Bus;
import dev.sonde.bridge.EventInbox;
import dev.sonde.bridge.Mailbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.SondeModule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;

/// Takes the accounts of all subscriptions, and says how fast they grew since they were last taken.
final class BusFigures {

  private final Bus bus;
  private final LongSupplier nanoTime;

  // Guarded by this.
  private final Map<EventInbox, Long> matchedBefore = new WeakHashMap<>();
  private long publishedBefore;
  private long takenNanos;

  /// @param nanoTime a clock such as [System#nanoTime]; rates count from now on
  BusFigures(Bus bus, LongSupplier nanoTime) {
    this.bus = bus;
    this.nanoTime = nanoTime;
    this.takenNanos = nanoTime.getAsLong();
  }

  /// All figures at one time.
  ///
  /// @param published events published since the bus began
  /// @param rate published a second, over the span
  /// @param span since the figures were last taken, or since the bus began
  /// @param openAsks requests that wait for their answer
  /// @param rings how many the subscriptions share
  /// @param refused events that threads of ended runs published, by module
  /// @param subscriptions in no order
  record Taken(
      long published,
      double rate,
      Duration span,
      int openAsks,
      int rings,
      Map<String, Long> refused,
      List<Line> subscriptions) {}

  /// The figures of one subscription.
  ///
  /// @param owner the bundle that subscribed, and which of its services, if it is a plain handler
  /// @param name the subscription's name
  /// @param capacity in events
  /// @param counts its account
  /// @param rate matched a second, over the span
  /// @param slowest the longest time that its handler was seen to take; zero if it is not measured
  record Line(
      String owner, String name, int capacity, InboxCounts counts, double rate, Duration slowest) {

    String module() {
      return SondeModule.nameOf(owner);
    }

    /// How full its inbox is, in percent.
    int fillPercent() {
      return (int) (counts.waiting() * 100 / capacity);
    }
  }

  synchronized Taken take() {
    long now = nanoTime.getAsLong();
    double seconds = Math.max(1, now - takenNanos) / 1e9;
    List<Line> lines = new ArrayList<>();
    for (Mailbox mailbox : bus.mailboxes()) {
      mailbox.inboxes().forEach(inbox -> lines.add(line(mailbox.owner(), inbox, seconds)));
    }
    long published = bus.sequence();
    Taken taken =
        new Taken(
            published,
            (published - publishedBefore) / seconds,
            Duration.ofNanos(now - takenNanos),
            bus.openAsks(),
            bus.ringCount(),
            refused(),
            List.copyOf(lines));
    publishedBefore = published;
    takenNanos = now;
    return taken;
  }

  private Map<String, Long> refused() {
    Map<String, Long> byModule = new TreeMap<>();
    bus.refused().forEach((owner, count) -> byModule.put(SondeModule.nameOf(owner), count));
    return byModule;
  }

  private Line line(String owner, EventInbox inbox, double seconds) {
    InboxCounts counts = inbox.counts();
    Long before = matchedBefore.put(inbox, counts.matched());
    double rate = (counts.matched() - (before == null ? 0 : before)) / seconds;
    return new Line(owner, inbox.name(), inbox.capacity(), counts, rate, inbox.slowest());
  }
}
