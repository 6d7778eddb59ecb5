package dev.sonde.bridge;

import dev.sonde.bus.Event;
import dev.sonde.bus.EventBus;
import dev.sonde.bus.Handler;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.Subscription;
import java.util.Map;
import java.util.Optional;

/// The bus without a framework, with one subscriber that paces replays.
public final class BenchmarkedBus implements AutoCloseable {

  private static final int CAPACITY = 4_096;

  private final Bus bus = new Bus();
  private final Listening listening;

  /// Begins to listen.
  ///
  /// @param except topics that are not wanted
  /// @param handler hears everything else, on a thread of its own
  public BenchmarkedBus(String except, Handler<Event> handler) {
    Subscription<Event> all =
        Subscription.of("all").topics("*").except(except).capacity(CAPACITY).pacing();
    listening = Listening.open(bus, "subscriber", all, handler);
  }

  /// The bus as a module has it.
  ///
  /// @param module under whose name it publishes
  public EventBus of(String module) {
    return new BundleBus(bus, module);
  }

  /// Waits until all that was published was heard.
  ///
  /// @return the subscriber's account
  public InboxCounts drained() {
    InboxCounts counts = listening.counts();
    while (counts.delivered() + counts.missed() < counts.matched()) {
      Thread.onSpinWait();
      counts = listening.counts();
    }
    return counts;
  }

  @Override
  public void close() {
    listening.close();
  }

  /// Settings as they are read from a file, the defaults where none is given.
  ///
  /// @param <C> the record
  /// @throws IllegalArgumentException if a value does not fit
  public static <C extends Record> C settings(Class<C> type, Map<String, String> values) {
    SettingsReader<C> reader = new SettingsReader<>(type);
    C settings = reader.read(values, Optional.empty());
    if (!reader.problems().isEmpty()) {
      throw new IllegalArgumentException(reader.problems().toString());
    }
    return settings;
  }
}
