package dev.sonde.it;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventHandler;

/// Floods a plain handler that hangs, and one that does not, with more than memory has room for;
/// lets it catch up, and does so again. Prints figures, one a line.
public final class FloodProgram {

  static final int BURSTS = 2;
  static final int EVENTS = 500_000;
  static final int CAPACITY = 16_384;

  private static final String TOPIC = "com/acme/flood/NUMBER";
  private static final int PAYLOAD_BYTES = 1_024;

  /// Fewer than wait for the handler that hears all of them.
  private static final int AT_ONCE = 4_096;

  private FloodProgram() {}

  /// Counts what it hears, and what of it is not the next.
  private static final class Counting implements EventHandler {
    private final AtomicLong heard = new AtomicLong();
    private final AtomicLong outOfOrder = new AtomicLong();

    @Override
    public void handleEvent(Event event) {
      if (heard.incrementAndGet() != (long) event.getProperty("n")) {
        outOfOrder.incrementAndGet();
      }
    }
  }

  /// Does not return while it is told to hang.
  private static final class Hanging implements EventHandler {
    private final AtomicLong calls = new AtomicLong();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    void hang() {
      gate = new CountDownLatch(1);
    }

    void goOn() {
      gate.countDown();
    }

    @Override
    public void handleEvent(Event event) {
      calls.incrementAndGet();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// Adds up the losses that are told.
  private static final class Losses implements EventHandler {
    private final AtomicLong missed = new AtomicLong();
    private long before;

    @Override
    public void handleEvent(Event event) {
      missed.addAndGet((long) event.getProperty("missed"));
    }

    /// Since the last burst was over.
    boolean isToldOfMore() {
      return missed.get() > before;
    }

    void burstIsOver() {
      before = missed.get();
    }
  }

  /// Runs it.
  ///
  /// @param args an empty folder
  public static void main(String[] args) throws Exception {
    try (TestDevice device =
        EventAdminFramework.start(Path.of(args[0]), Map.of(), EventAdminFramework.BRIDGE)) {
      Neighbour neighbour = Neighbour.in(device);
      Hanging hanging = new Hanging();
      Counting other = new Counting();
      Losses losses = new Losses();
      String name = Neighbour.nameOf(neighbour.register(hanging, TOPIC));
      neighbour.register(other, TOPIC);
      neighbour.register(losses, "sonde/module/EVENTS_MISSED");

      for (long burst = 1; burst <= BURSTS; burst++) {
        long calls = burst * (1 + CAPACITY);
        long missed = burst * (EVENTS - 1 - CAPACITY);
        hanging.hang();
        flood(neighbour.admin(), other);
        print(burst, "heard", other.heard.get());
        print(burst, "outOfOrder", other.outOfOrder.get());
        print(burst, "callsWhileHanging", hanging.calls.get() - (calls - 1 - CAPACITY));
        print(burst, "hanging", device.account('"' + name + '"'));
        TestDevice.await("that loss is told while it hangs", losses::isToldOfMore);

        hanging.goOn();
        TestDevice.await("what waited", () -> hanging.calls.get() == calls);
        TestDevice.await("the rest of the loss", () -> losses.missed.get() == missed);
        losses.burstIsOver();
        print(burst, "released", device.account('"' + name + '"'));
      }
    }
  }

  private static void flood(EventAdmin admin, Counting other) throws Exception {
    long before = other.heard.get();
    for (int n = 1; n <= EVENTS; n++) {
      long number = before + n;
      admin.postEvent(new Event(TOPIC, Map.of("n", number, "payload", new byte[PAYLOAD_BYTES])));
      if (n % AT_ONCE == 0 || n == EVENTS) {
        TestDevice.await("it has heard " + number, () -> other.heard.get() >= number);
      }
    }
  }

  private static void print(long burst, String prefix, Map<String, Long> account) {
    for (String figure : new String[] {"matched", "delivered", "waiting", "missed"}) {
      print(burst, prefix + "." + figure, account.get(figure));
    }
  }

  private static void print(long burst, String name, long value) {
    System.out.println("figure " + burst + "." + name + " " + value);
  }
}
