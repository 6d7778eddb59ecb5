package dev.sonde.hardware;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Timer;
import dev.sonde.event.input.SwitchChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ties the [KeyMachine] to the bus and to the module's timers. While all keys rest, no timer runs.
/// Lives on the module's thread.
final class Keyboard {

  private static final Logger LOG = LoggerFactory.getLogger(Keyboard.class);

  /// A delay on the bus that is longer than this is a jump of the wall clock.
  private static final long LONGEST_DELAY_NANOS = Duration.ofSeconds(2).toNanos();

  private final ModuleContext context;
  private final LongSupplier nanoTime;
  private final long originNanos;
  private final KeyMachine machine;
  private @Nullable Timer timer;
  private long timerAt = KeyMachine.NEVER;

  Keyboard(ModuleContext context, HardwareConfig config, LongSupplier nanoTime) {
    this.context = context;
    this.nanoTime = nanoTime;
    this.originNanos = nanoTime.getAsLong();
    this.machine = new KeyMachine(config.debounce(), config.maximumHold(), context::publish);
    context.on(
        Subscription.to(SwitchChanged.class).named("switches").onLagged(this::lagged),
        this::switched);
  }

  void configure(HardwareConfig config) {
    machine.timings(config.debounce(), config.maximumHold());
  }

  List<KeyMachine.KeyStatus> status() {
    return machine.status();
  }

  void releaseAll() {
    machine.releaseAll();
    schedule();
  }

  private void switched(SwitchChanged change, Envelope at) {
    machine.change(now() - delay(at), change.key(), change.closed(), change.device());
    schedule();
  }

  /// How long the event was under way: a tap that was stuck in traffic is still a tap.
  private static long delay(Envelope at) {
    Duration delay = Duration.between(at.time(), Instant.now());
    boolean believable =
        !delay.isNegative() && delay.compareTo(Duration.ofNanos(LONGEST_DELAY_NANOS)) < 0;
    return believable ? delay.toNanos() : 0;
  }

  private void lagged(long missed) {
    LOG.warn("{} changes of switches were lost; all keys are taken as released", missed);
    releaseAll();
  }

  private void tick() {
    timerAt = KeyMachine.NEVER;
    machine.advance(now());
    schedule();
  }

  private void schedule() {
    long due = machine.due();
    if (due == timerAt) {
      return;
    }
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    timerAt = due;
    if (due != KeyMachine.NEVER) {
      timer = context.after(Duration.ofNanos(Math.max(0, due - now())), this::tick);
    }
  }

  private long now() {
    return nanoTime.getAsLong() - originNanos;
  }
}
