package dev.sonde.it.counting;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import dev.sonde.it.numbers.Numbered;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/// Counts what it hears of each publisher, from version to version: what was the next, what was
/// left out, what came twice. Another bundle uses this class too.
public final class CountingModule implements SondeModule {

  /// Every so many events the handler takes its time, so that many an update meets it at work.
  private static final int SLOW_EVERY = 600;

  private static final long SLOW_MILLIS = 10;

  private final String name;
  private final String version;
  private final boolean broken;
  private final Map<String, Long> figures;
  private ModuleContext context;
  private State state = new State(0, 0, 0, 0, 0, 0);
  private long own;

  /// What the next version goes on from.
  ///
  /// @param last0 the last of the one publisher
  /// @param last1 the last of the other
  /// @param handled how many came in their order
  /// @param skipped how many were left out
  /// @param repeated how many came again
  /// @param told how many are missed by what the bus says
  public record State(
      long last0, long last1, long handled, long skipped, long repeated, long told) {}

  private CountingModule(Bundle bundle, Map<String, Long> figures) {
    this.name = SondeModule.nameOf(bundle.getSymbolicName());
    this.version = bundle.getVersion().toString();
    this.broken = bundle.getHeaders().get("Broken") != null;
    this.figures = figures;
  }

  /// Registers a module for a bundle.
  @SuppressWarnings("unchecked")
  public static void register(BundleContext bundle) throws Exception {
    Map<String, Long> figures =
        bundle.getService(bundle.getServiceReferences(Map.class, "(test=swap)").iterator().next());
    bundle.registerService(
        SondeModule.class,
        new CountingModule(bundle.getBundle(), figures),
        FrameworkUtil.asDictionary(Map.of()));
  }

  @Override
  public void start(ModuleContext started) {
    context = started;
    state = context.restoredState(State.class).orElse(state);
    context.on(Subscription.to(Numbered.class).onLagged(this::lagged), this::count);
    if (broken) {
      throw new IllegalStateException("no antenna");
    }
  }

  private void lagged(long missed) {
    state =
        new State(
            state.last0(),
            state.last1(),
            state.handled(),
            state.skipped(),
            state.repeated(),
            state.told() + missed);
  }

  private void count(Numbered event, Envelope at) throws InterruptedException {
    boolean first = event.publisher() == 0;
    long last = first ? state.last0() : state.last1();
    boolean again = event.number() <= last;
    state =
        new State(
            first ? event.number() : state.last0(),
            first ? state.last1() : event.number(),
            state.handled() + (again ? 0 : 1),
            state.skipped() + (again ? 0 : event.number() - last - 1),
            state.repeated() + (again ? 1 : 0),
            state.told());
    show();
    if (event.number() % SLOW_EVERY == 0) {
      figures.put(name + ".slow", 1L);
      Thread.sleep(SLOW_MILLIS);
      figures.put(name + ".slow", 0L);
    }
  }

  private void show() {
    figures.put(name + ".handled", state.handled());
    figures.put(name + ".skipped", state.skipped());
    figures.put(name + ".repeated", state.repeated());
    figures.put(name + ".told", state.told());
    figures.put(name + " " + version, ++own);
  }

  @Override
  public void stop() {
    context.saveState(state);
  }
}
