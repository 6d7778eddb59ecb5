package dev.sonde.benchmarks.bus;

import com.google.common.eventbus.AsyncEventBus;
import com.google.common.eventbus.Subscribe;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;

/// Guava's AsyncEventBus with as many threads as there are processors. It calls one subscriber on
/// one thread at a time, but not in the order of publishing.
final class GuavaContender implements Contender {

  private final ExecutorService executor =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  private final AsyncEventBus bus = new AsyncEventBus(executor);

  /// A subscriber.
  ///
  /// @param receiver what its handler hands every value to
  public record Subscriber(LongConsumer receiver) {

    /// Handles an event.
    ///
    /// @param tick the event
    @Subscribe
    public void handle(Tick tick) {
      receiver.accept(tick.value());
    }
  }

  @Override
  public void subscribe(String pattern, LongConsumer receiver) {
    bus.register(new Subscriber(receiver));
  }

  @Override
  public Publisher publisher() {
    return value -> bus.post(new Tick(value));
  }

  @Override
  public void close() {
    executor.close();
  }
}
