package dev.sonde.bridge;

import dev.sonde.bus.Event;
import dev.sonde.bus.Handler;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.spi.FaultListener;
import java.nio.file.Path;
import java.time.Duration;

/// A module with one subscription, on a bus without a framework: its thread sleeps and is woken as
/// on the device.
public final class BenchmarkedModule implements AutoCloseable {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final ModuleRun run;

  /// Starts it.
  ///
  /// @param bus where it listens
  /// @param name a name that no other module has
  /// @param handler called on the module's thread; if it throws, the process ends
  public BenchmarkedModule(
      Bus bus, String name, Subscription<Event> subscription, Handler<Event> handler) {
    SondeModule module = context -> context.on(subscription, handler);
    run =
        new ModuleRun(
            bus,
            bus.mailbox(name),
            name,
            () -> module,
            BenchmarkedModule::failed,
            new WithoutSurroundings());
    run.start().toCompletableFuture().join();
  }

  /// The account of its inbox.
  public InboxCounts counts() {
    return run.inboxes().getFirst().counts();
  }

  /// Ends it, when what waits is handled.
  @Override
  public void close() {
    var _ = run.stop(false, DEADLINE);
  }

  /// The run is void.
  private static void failed(FaultListener.Place place, String what, String error) {
    System.err.println(place + " " + what + ": " + error);
    Runtime.getRuntime().halt(1);
  }

  /// It has neither files nor settings nor versions.
  private static final class WithoutSurroundings implements RunContext.Environment {

    @Override
    public Path dataRoot() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SavedStates states() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Configurations configurations() {
      throw new UnsupportedOperationException();
    }
  }
}
