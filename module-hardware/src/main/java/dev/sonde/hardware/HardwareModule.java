package dev.sonde.hardware;

import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Task;
import dev.sonde.event.input.Key;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/// Signals keys: whatever closes a contact, be it a pin, the simulator or a page in a browser, goes
/// through one state machine.
@Component(service = {SondeModule.class, HardwareModule.class})
public final class HardwareModule implements SondeModule {

  private final LongSupplier nanoTime;
  private volatile @Nullable Running running;

  /// Made by the component runtime.
  @Activate
  public HardwareModule() {
    this(System::nanoTime);
  }

  HardwareModule(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public void start(ModuleContext context) {
    HardwareConfig config = context.config(HardwareConfig.class, this::configure);
    PinReader pins = new PinReader(context::publish);
    Keyboard keyboard = new Keyboard(context, config, nanoTime);
    running = new Running(context, keyboard, new Simulator(context), pins);
    wire(pins, config);
    context.fork("pins", pins);
  }

  @Override
  public void stop() {
    Running before = running;
    running = null;
    if (before != null) {
      before.keyboard.releaseAll();
    }
  }

  private void configure(HardwareConfig config) {
    Running now = running();
    now.keyboard.configure(config);
    wire(now.pins, config);
  }

  /// A wiring that can not be read leaves the pins as they are.
  private static void wire(PinReader pins, HardwareConfig config) {
    try {
      pins.rewire(Wiring.parse(config.provider(), config.keys()));
    } catch (IllegalArgumentException e) {
      pins.refuse("conf/hardware.cfg, keys: " + e.getMessage());
    }
  }

  void press(Key key, Duration hold) {
    Running now = running();
    now.ask(
        () -> {
          now.simulator.press(key, hold);
          return true;
        });
  }

  List<KeyMachine.KeyStatus> keys() {
    Running now = running();
    return now.ask(now.keyboard::status);
  }

  PinReader pins() {
    return running().pins;
  }

  private Running running() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException(
          "Module hardware is not running; start it with module:start hardware");
    }
    return now;
  }

  private record Running(
      ModuleContext context, Keyboard keyboard, Simulator simulator, PinReader pins) {

    /// Asks on the module's thread, from any other.
    <T> T ask(Callable<T> question) {
      CompletableFuture<T> answer = new CompletableFuture<>();
      Task task =
          () -> {
            try {
              answer.complete(question.call());
            } catch (Exception e) {
              answer.completeExceptionally(e);
            }
          };
      context.execute(task);
      try {
        return answer.get(2, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new IllegalStateException(reason(e), e);
      } catch (TimeoutException e) {
        throw new IllegalStateException(
            "Module hardware does not answer; see module:info hardware", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while module hardware was asked", e);
      }
    }

    private static @Nullable String reason(ExecutionException e) {
      return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }
  }
}
