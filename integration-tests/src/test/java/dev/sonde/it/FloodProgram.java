package dev.sonde.it;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventHandler;

/// Floods a plain handler that hangs, and one that does not, with more than memory has room for.
/// Prints figures, one a line.
public final class FloodProgram {

  static final int EVENTS = 1_000_000;
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
      if (heard.incrementAndGet() != (int) event.getProperty("n")) {
        outOfOrder.incrementAndGet();
      }
    }
  }

  /// Adds up the losses that are told.
  private static final class Losses implements EventHandler {
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();

    @Override
    public void handleEvent(Event event) {
      told.incrementAndGet();
      missed.addAndGet((long) event.getProperty("missed"));
    }
  }

  /// Runs it.
  ///
  /// @param args an empty folder
  public static void main(String[] args) throws Exception {
    try (TestDevice device =
        EventAdminFramework.start(Path.of(args[0]), Map.of(), EventAdminFramework.BRIDGE)) {
      Neighbour neighbour = Neighbour.in(device);
      CountDownLatch released = new CountDownLatch(1);
      AtomicLong calls = new AtomicLong();
      Counting other = new Counting();
      Losses losses = new Losses();
      String hanging =
          Neighbour.nameOf(
              neighbour.register(
                  event -> {
                    calls.incrementAndGet();
                    waitFor(released);
                  },
                  TOPIC));
      neighbour.register(other, TOPIC);
      neighbour.register(losses, "sonde/module/EVENTS_MISSED");

      flood(neighbour.admin(), other);
      print("heard", other.heard.get());
      print("outOfOrder", other.outOfOrder.get());
      print("callsWhileHanging", calls.get());
      printAccount(device, hanging, "hanging.");
      TestDevice.await("that loss is told while it hangs", () -> losses.told.get() > 0);

      released.countDown();
      TestDevice.await("what waited", () -> calls.get() == 1 + CAPACITY);
      TestDevice.await("the rest of the loss", () -> losses.missed.get() == EVENTS - 1 - CAPACITY);
      printAccount(device, hanging, "released.");
      print("lossTold", losses.told.get());
      print("lossMissed", losses.missed.get());
    }
  }

  private static void flood(EventAdmin admin, Counting other) throws Exception {
    for (int n = 1; n <= EVENTS; n++) {
      admin.postEvent(new Event(TOPIC, Map.of("n", n, "payload", new byte[PAYLOAD_BYTES])));
      if (n % AT_ONCE == 0 || n == EVENTS) {
        int so = n;
        TestDevice.await("it has heard " + n, () -> other.heard.get() >= so);
      }
    }
  }

  private static void waitFor(CountDownLatch released) {
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void printAccount(TestDevice device, String owner, String prefix)
      throws Exception {
    Map<String, Long> account = device.account('"' + owner + '"');
    for (String figure : new String[] {"matched", "delivered", "waiting", "missed"}) {
      print(prefix + figure, account.get(figure));
    }
  }

  private static void print(String name, long value) {
    System.out.println("figure " + name + " " + value);
  }
}
