package dev.sonde.bridge;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The platform threads that carry virtual threads.
interface Carriers {

  /// How many virtual threads may run at once.
  int parallelism();

  /// Changes that. Carriers that are there already do not end by it.
  void parallelism(int carriers);

  /// How many carriers have a virtual thread to run; an estimate.
  int active();

  /// Lets carriers come that may be there and are not yet.
  void nudge();

  /// Those of this JVM, if it lets them be changed; says why if it does not.
  static Optional<Carriers> ofThisJvm() {
    Logger log = LoggerFactory.getLogger(Carriers.class);
    try {
      var bean = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
      if (bean != null) {
        // What it has is set again, to see whether it may be.
        bean.setParallelism(bean.getParallelism());
        return Optional.of(new OfScheduler(bean));
      }
      log.warn(UNAVAILABLE, "it has no VirtualThreadSchedulerMXBean");
    } catch (LinkageError | RuntimeException e) {
      log.warn(UNAVAILABLE, e.toString());
    }
    return Optional.empty();
  }

  /// With the reason.
  String UNAVAILABLE =
      "This Java can not be given more carriers of virtual threads ({}): modules that loop or sit in"
          + " native calls can hold up all others. Run Sonde on a JDK with the module jdk.management";

  /// The JDK's own.
  ///
  /// @param bean tells and changes its parallelism
  record OfScheduler(VirtualThreadSchedulerMXBean bean) implements Carriers {

    /// More than fit into a submission queue that has not grown often.
    private static final int MOST_NUDGES = 2_048;

    @Override
    public int parallelism() {
      return bean.getParallelism();
    }

    @Override
    public void parallelism(int carriers) {
      bean.setParallelism(carriers);
    }

    @Override
    public int active() {
      return bean.getMountedVirtualThreadCount();
    }

    /// A carrier is only made or woken when a submission finds its queue empty or full (JDK 25,
    /// `ForkJoinPool.WorkQueue.push`). While all carriers are held the queues fill up, and then
    /// neither a higher parallelism nor the next submission has any effect. A new thread submits to
    /// another queue than the threads before it, most likely an empty one; if not, it fills it.
    @Override
    public void nudge() {
      if (active() < parallelism()) {
        Thread.ofPlatform().daemon().name("sonde-carrier-nudge").start(this::submitUntilOneCame);
      }
    }

    private void submitUntilOneCame() {
      int before = active();
      for (int i = 0; i < MOST_NUDGES && active() <= before; i++) {
        Thread.startVirtualThread(() -> {});
      }
    }
  }
}
