package dev.sonde.it.swap;

import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Setting;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Source;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/// Uses everything that could keep a former version in memory, and fails at an event that it heard
/// twice, too late or not at all.
@Component
public final class SwappedModule implements SondeModule {

  private final String version;
  private ModuleContext context;
  private Ticking ticking;
  private long heard;

  /// Counts on from version to version.
  @Topic("com/acme/swap/TICK")
  public record Tick(long number) implements Event {}

  /// Once for each version.
  @Topic("com/acme/swap/HELLO")
  public record Hello(String version) implements Event {}

  /// Kept by the bus, one for each version.
  @Topic(value = "com/acme/swap/LEVEL", key = "tank", retained = true)
  public record Level(String tank, long percent) implements Event {}

  /// Nobody answers.
  @Topic("com/acme/swap/QUESTION")
  public record Question() implements Event {}

  /// What the next version goes on from.
  public record State(long published, long heard) {}

  /// Its configuration.
  public record Settings(@Setting(value = "250", min = 1, max = 10_000) int pauseMicros) {}

  /// Made by the component runtime.
  @Activate
  public SwappedModule(BundleContext bundle) {
    version = bundle.getBundle().getVersion().toString();
  }

  @Override
  public void start(ModuleContext started) {
    context = started;
    State state = context.restoredState(State.class).orElse(new State(0, 0));
    heard = state.heard();
    ticking = new Ticking(context, new AtomicLong(state.published()));
    ticking.settings = context.config(Settings.class, changed -> ticking.settings = changed);
    context.on(Subscription.to(Tick.class).capacity(65_536), (tick, at) -> hear(tick));
    context.on(
        Subscription.of("all").topics("com/acme/swap/*").dropNewest().onLagged(this::lagged),
        (event, at) -> {});
    context.on(Subscription.to(Level.class).latest().withLast(), (level, at) -> {});
    context.every(Duration.ofMillis(1), () -> context.publish(new Level(version, heard % 100)));
    context.after(Duration.ofHours(1), () -> heard = 0);
    var _ = context.ask(new Question(), Hello.class, Duration.ofHours(1));
    context.fork("ticking", ticking);
    context.publish(new Hello(version));
  }

  private void hear(Tick tick) {
    if (tick.number() != heard + 1) {
      throw new IllegalStateException(version + " heard tick " + tick.number() + " after " + heard);
    }
    heard = tick.number();
  }

  private void lagged(long missed) {
    throw new IllegalStateException(version + " missed " + missed);
  }

  @Override
  public void stop() {
    context.saveState(new State(ticking.published.get(), heard));
  }

  /// Publishes a tick, and waits a moment.
  private static final class Ticking implements Source {
    private final ModuleContext context;
    private final AtomicLong published;
    private volatile Settings settings;
    private volatile boolean cancelled;

    Ticking(ModuleContext context, AtomicLong published) {
      this.context = context;
      this.published = published;
    }

    @Override
    public void run() {
      while (!cancelled) {
        context.publish(new Tick(published.incrementAndGet()));
        LockSupport.parkNanos(settings.pauseMicros() * 1_000L);
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
