package dev.sonde.it.numbering;

import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Source;
import dev.sonde.it.numbers.Numbered;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/// Publishes numbers at a steady rate; which publisher it is stands in the header `Publisher`.
public final class NumberingModule implements BundleActivator, SondeModule, Source {

  private static final long EVENTS_PER_SECOND = 6_000;

  /// What is late by more than this, as after a pause of the machine, is not made up for.
  private static final long MOST_AT_ONCE = 64;

  private int publisher;
  private Map<String, Long> published;
  private ModuleContext context;
  private volatile boolean cancelled;

  @Override
  @SuppressWarnings("unchecked")
  public void start(BundleContext bundle) throws Exception {
    publisher = Integer.parseInt(bundle.getBundle().getHeaders().get("Publisher"));
    published =
        bundle.getService(bundle.getServiceReferences(Map.class, "(test=swap)").iterator().next());
    bundle.registerService(SondeModule.class, this, FrameworkUtil.asDictionary(Map.of()));
  }

  @Override
  public void stop(BundleContext bundle) {}

  @Override
  public void start(ModuleContext started) {
    context = started;
    context.fork("numbers", this);
  }

  @Override
  public void run() {
    long begun = System.nanoTime();
    long number = 0;
    long due = 0;
    while (!cancelled) {
      long late = (System.nanoTime() - begun) / 1_000 * EVENTS_PER_SECOND / 1_000_000 - due;
      due += late;
      for (long left = Math.min(late, MOST_AT_ONCE); left > 0; left--) {
        context.publish(new Numbered(publisher, ++number));
      }
      published.put("published." + publisher, number);
      LockSupport.parkNanos(500_000);
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
  }
}
