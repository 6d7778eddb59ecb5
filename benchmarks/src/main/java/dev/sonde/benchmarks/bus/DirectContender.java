package dev.sonde.benchmarks.bus;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;

/// No bus at all: the publishing thread calls every handler. The ceiling of what can be measured,
/// and what the JVM takes while it is idle.
final class DirectContender implements Contender {

  private final List<LongConsumer> receivers = new CopyOnWriteArrayList<>();

  @Override
  public void subscribe(String pattern, LongConsumer receiver) {
    receivers.add(receiver);
  }

  @Override
  public Publisher publisher() {
    LongConsumer[] all = receivers.toArray(LongConsumer[]::new);
    return value -> {
      Tick tick = new Tick(value);
      for (LongConsumer receiver : all) {
        receiver.accept(tick.value());
      }
    };
  }

  @Override
  public void close() {}
}
