package dev.sonde.supervisor;

import dev.sonde.bus.Event;
import dev.sonde.bus.EventBus;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// Whether the bus delivers: publishes an event and waits until the supervisor's own module has
/// handled it. Costs nothing unless somebody asks, which the launcher does for the watchdog of
/// systemd.
@Component(
    service = {Pulse.class, BooleanSupplier.class},
    property = "sonde.alive=true")
public final class Pulse implements BooleanSupplier {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final EventBus bus;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, CountDownLatch> awaited = new ConcurrentHashMap<>();

  /// Made by the component runtime.
  @Activate
  public Pulse(@Reference EventBus bus) {
    this.bus = bus;
  }

  /// What goes through the bus.
  ///
  /// @param number tells it from others
  @Topic("sonde/module/BEAT")
  public record Beat(long number) implements Event {}

  /// Hears the events, as part of a module.
  void listen(ModuleContext context) {
    context.on(Beat.class, (beat, at) -> heard(beat));
  }

  private void heard(Beat beat) {
    CountDownLatch waiting = awaited.get(beat.number());
    if (waiting != null) {
      waiting.countDown();
    }
  }

  /// @return false if the event did not come back in five seconds
  @Override
  public boolean getAsBoolean() {
    long number = numbers.incrementAndGet();
    CountDownLatch heard = new CountDownLatch(1);
    awaited.put(number, heard);
    try {
      var _ = bus.publish(new Beat(number));
      return heard.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      awaited.remove(number);
    }
  }
}
