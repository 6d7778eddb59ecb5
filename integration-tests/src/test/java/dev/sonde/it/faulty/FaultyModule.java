package dev.sonde.it.faulty;

import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Source;
import dev.sonde.it.work.Work;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/// Does what the header `Fault` of its bundle says, ignoring interrupts wherever it hangs, until
/// the latch of the test is open.
public final class FaultyModule implements BundleActivator, SondeModule {

  private String name = "";
  private String fault = "";
  private Queue<String> heard;
  private CountDownLatch mended;
  private ModuleContext context;

  /// What its next run goes on from.
  public record State(int works) {}

  private int works;

  @Override
  @SuppressWarnings("unchecked")
  public void start(BundleContext bundle) throws Exception {
    name = SondeModule.nameOf(bundle.getBundle().getSymbolicName());
    fault = String.valueOf(bundle.getBundle().getHeaders().get("Fault"));
    heard = service(bundle, Queue.class);
    mended = service(bundle, CountDownLatch.class);
    note("activated " + bundle.getBundle().getVersion());
    if (fault.equals("activator throws")) {
      throw new IllegalStateException("no licence");
    } else if (fault.equals("activator hangs")) {
      hang();
    }
    bundle.registerService(SondeModule.class, this, FrameworkUtil.asDictionary(Map.of()));
  }

  private void note(String what) {
    heard.add(name + ": " + what);
  }

  private static <S> S service(BundleContext bundle, Class<S> type) throws Exception {
    return bundle.getService(bundle.getServiceReferences(type, "(test=faulty)").iterator().next());
  }

  @Override
  public void start(ModuleContext started) throws Exception {
    context = started;
    note("started");
    switch (fault) {
      case "start throws" -> throw new IllegalStateException("no antenna");
      case "start throws an Error" -> throw new NoClassDefFoundError("com/acme/Gone");
      case "start hangs" -> hang();
      case "start throws until mended" -> {
        if (mended.getCount() > 0) {
          throw new IllegalStateException("no antenna");
        }
      }
      case "start is slow" -> {
        note("started slowly");
        Thread.sleep(1_500);
      }
      case "leaks a thread" -> Thread.ofPlatform().daemon().name("acme-leak").start(this::hang);
      case "fork dies" -> context.fork("radio", new Dying());
      case "fork dies until mended" -> {
        if (mended.getCount() > 0) {
          context.fork("radio", new Dying());
        }
      }
      case "fork ignores interrupts" -> context.fork("radio", new Deaf());
      default -> {}
    }
    works = context.restoredState(State.class).map(State::works).orElse(0);
    context.on(Work.class, (work, at) -> handle(work));
  }

  private void handle(Work work) throws InterruptedException {
    works++;
    note("work " + work.number() + " of " + works);
    switch (fault) {
      case "handler throws" -> throw new IllegalStateException("bad work");
      case "handler hangs" -> hang();
      case "handler is slow" -> Thread.sleep(1_000);
      case "handler recurses" -> recurse(0);
      default -> {}
    }
  }

  private int recurse(int depth) {
    return recurse(depth + 1) + 1;
  }

  @Override
  public void stop() throws Exception {
    context.saveState(new State(works));
    switch (fault) {
      case "stop throws" -> throw new IllegalStateException("stuck valve");
      case "stop hangs" -> hang();
      default -> {}
    }
  }

  @Override
  public void stop(BundleContext bundle) {
    if (fault.equals("activator stop hangs")) {
      hang();
    }
  }

  private void hang() {
    while (mended.getCount() > 0) {
      try {
        mended.await();
      } catch (InterruptedException e) {
        note("interrupted");
      }
    }
  }

  /// Throws at once.
  private static final class Dying implements Source {
    @Override
    public void run() {
      throw new IllegalStateException("radio is gone");
    }

    @Override
    public void cancel() {}
  }

  /// Goes on whatever is done to it.
  private final class Deaf implements Source {
    @Override
    public void run() {
      hang();
    }

    @Override
    public void cancel() {}
  }
}
