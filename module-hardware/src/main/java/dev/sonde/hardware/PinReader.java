package dev.sonde.hardware;

import dev.sonde.bus.Source;
import dev.sonde.event.input.SwitchChanged;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Owns the pins: opens them, opens others when the wiring changes, and closes them in the end,
/// all on a thread of its own, since Pi4J takes its time. Where Pi4J fails, that is told and the
/// device goes on without pins.
final class PinReader implements Source {

  private static final Logger LOG = LoggerFactory.getLogger(PinReader.class);

  private final Consumer<SwitchChanged> out;
  private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
  private volatile PinReport report = PinReport.of(Wiring.NONE);
  private volatile String refused = "";
  private volatile @Nullable PinBank bank;

  /// Makes one without pins.
  ///
  /// @param out told of each contact that opens or closes, on any thread
  PinReader(Consumer<SwitchChanged> out) {
    this.out = out;
  }

  /// Changes the wiring, soon.
  ///
  /// @param wiring replaces the one before
  void rewire(Wiring wiring) {
    refused = "";
    orders.add(new Order.Rewire(wiring));
  }

  /// Keeps the wiring as it is, since the new one can not be read.
  ///
  /// @param problem what is wrong with it
  void refuse(String problem) {
    refused = problem;
    LOG.warn("{}. The pins stay as they are", problem);
  }

  /// What there is now. Any thread may ask.
  ///
  /// @return who drives the pins, their levels, and what went wrong
  PinReport report() {
    PinBank open = bank;
    PinReport now = open == null ? report : report.with(open.providers(), open.levels());
    return refused.isEmpty() ? now : now.failed(refused);
  }

  /// Sets the level of a mock pin.
  ///
  /// @param pin BCM number
  /// @param high the level
  /// @throws IllegalArgumentException if there is no such pin, or it is a real one
  void drive(int pin, boolean high) {
    PinBank open = bank;
    if (open == null) {
      throw new IllegalArgumentException("No pins are open; hardware:pins says why");
    }
    open.drive(pin, high);
  }

  @Override
  public void run() {
    try {
      while (orders.take() instanceof Order.Rewire(Wiring wiring)) {
        close();
        open(wiring);
      }
    } catch (InterruptedException e) {
      LOG.trace("Interrupted, which the bus does after cancel", e);
    } finally {
      close();
    }
  }

  @Override
  public void cancel() {
    orders.add(new Order.End());
  }

  private void open(Wiring wiring) {
    report = PinReport.of(wiring);
    if (wiring.provider() == PinProvider.NONE) {
      return;
    }
    try {
      bank = PinBank.open(wiring, out);
    } catch (RuntimeException | LinkageError e) {
      report = report.failed(e.toString());
      LOG.warn(
          "Pi4J does not give the pins, so there are none; the simulator goes on. Mend the cause,"
              + " then restart the module, or set provider = NONE in conf/hardware.cfg",
          e);
    }
  }

  private void close() {
    PinBank open = bank;
    bank = null;
    if (open != null) {
      open.close();
    }
  }

  private sealed interface Order {
    record Rewire(Wiring wiring) implements Order {}

    record End() implements Order {}
  }

  /// What [#report] tells.
  ///
  /// @param wiring what is wanted
  /// @param providers the Pi4J providers in use
  /// @param levels the open pins
  /// @param problem why they are not what is wanted; empty if nothing is wrong
  record PinReport(
      Wiring wiring, List<String> providers, List<PinBank.Level> levels, String problem) {

    static PinReport of(Wiring wiring) {
      return new PinReport(wiring, List.of(), List.of(), "");
    }

    PinReport with(List<String> names, List<PinBank.Level> open) {
      return new PinReport(wiring, names, open, problem);
    }

    PinReport failed(String why) {
      return new PinReport(wiring, providers, levels, why);
    }
  }
}
