package dev.sonde.ui;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import dev.sonde.event.input.KeyEvent;
import dev.sonde.event.module.EventsMissed;
import dev.sonde.event.module.ModuleStateChanged;
import dev.sonde.event.network.CaptureEvent;
import dev.sonde.event.network.CaptureFailed;
import dev.sonde.event.network.CaptureInterrupted;
import dev.sonde.event.network.CaptureResumed;
import dev.sonde.event.network.CaptureStarted;
import dev.sonde.event.network.CaptureStatistics;
import dev.sonde.event.network.CaptureStopped;
import dev.sonde.event.network.DnsEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/// Shows what the device hears on a screen of 128 × 64 pixels; the terminal and picture files show
/// the same frame.
@Component(service = {SondeModule.class, UiModule.class})
public final class UiModule implements SondeModule {

  private final InstantSource clock;
  private final ZoneId zone;
  private volatile @Nullable Running running;

  /// Made by the component runtime.
  @Activate
  public UiModule() {
    this(InstantSource.system(), ZoneId.systemDefault());
  }

  UiModule(InstantSource clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public void start(ModuleContext context) {
    Traffic traffic = new Traffic();
    Names names = new Names();
    ModulesView modules = new ModulesView();
    Screen screen =
        new Screen(List.of(new TrafficView(traffic, names), new NamesView(names), modules), zone);
    Display display = new Display(context, screen, clock);

    UiConfig config =
        context.config(UiConfig.class, changed -> display.limit(changed.framesPerSecond()));
    screen.show(config.view().name());
    display.limit(config.framesPerSecond());

    listenToCaptures(context, traffic, display);
    listenToModules(context, traffic, modules, display);
    context.on(
        Subscription.to(DnsEvent.class).named("names"),
        (event, at) -> {
          names.hear(event);
          display.changed();
        });
    context.on(
        Subscription.to(KeyEvent.class).named("keys"),
        (event, at) -> {
          if (isStroke(event) && screen.press(event.key())) {
            display.changed();
          }
        });
    running = new Running(context, display);
  }

  /// Captures that began before this module are told again; their figures are all that matters, so
  /// the newest of each is enough.
  private void listenToCaptures(ModuleContext context, Traffic traffic, Display display) {
    Instant since = clock.instant();
    context.on(
        Subscription.to(CaptureEvent.class).named("captures").withLast(),
        (event, at) -> {
          hear(traffic, event, at, at.time().isBefore(since));
          display.changed();
        });
    context.on(
        Subscription.to(CaptureStatistics.class).named("statistics").latest().withLast(),
        (event, at) -> {
          traffic.count(event, at.time());
          display.changed();
        });
  }

  private static void hear(Traffic traffic, CaptureEvent event, Envelope at, boolean retained) {
    switch (event) {
      case CaptureStarted started -> traffic.started(started.source(), at.time(), retained);
      case CaptureStopped stopped -> traffic.ended(stopped.source());
      case CaptureInterrupted interrupted -> traffic.interrupted(interrupted.problem());
      case CaptureResumed _ -> traffic.resumed();
      case CaptureFailed failed -> traffic.failed(failed.source(), failed.problem());
    }
  }

  private static void listenToModules(
      ModuleContext context, Traffic traffic, ModulesView modules, Display display) {
    context.on(
        Subscription.to(ModuleStateChanged.class).named("modules").latest().withLast(),
        (event, at) -> {
          modules.hear(event);
          display.changed();
        });
    context.on(
        Subscription.to(EventsMissed.class).named("missed"),
        (event, at) -> {
          traffic.lost(event);
          display.changed();
        });
  }

  /// A tap counts when the key comes up; a key that is held counts again and again.
  private static boolean isStroke(KeyEvent event) {
    return switch (event.action()) {
      case SHORT, LONG, REPEAT -> true;
      case PRESS, RELEASE -> false;
    };
  }

  @Override
  public void stop() {
    running = null;
  }

  /// What the screen shows now. For any thread but the module's.
  Frame frame() {
    Running now = running();
    CompletableFuture<Frame> answer = new CompletableFuture<>();
    now.context.execute(
        () -> {
          try {
            answer.complete(now.display.frame());
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
            throw e;
          }
        });
    return await(answer);
  }

  /// Tells somebody of each new frame, the first at once. For any thread.
  ///
  /// @param watcher called on the module's thread; must not wait
  /// @return ends it
  Runnable watch(Consumer<Frame> watcher) {
    Running now = running();
    now.context.execute(() -> now.display.watch(watcher));
    return () -> {
      if (now == running) {
        now.context.execute(() -> now.display.leave(watcher));
      }
    };
  }

  boolean isRunning() {
    return running != null;
  }

  private Running running() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException("Module ui is not running; start it with module:start ui");
    }
    return now;
  }

  private static Frame await(CompletableFuture<Frame> answer) {
    try {
      return answer.get(2, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The screen could not be drawn; see module:log ui", e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("Module ui does not answer; see module:info ui", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while module ui was asked", e);
    }
  }

  /// One run of the module, from start to stop.
  private static final class Running {
    private final ModuleContext context;
    private final Display display;

    Running(ModuleContext context, Display display) {
      this.context = context;
      this.display = display;
    }
  }
}
