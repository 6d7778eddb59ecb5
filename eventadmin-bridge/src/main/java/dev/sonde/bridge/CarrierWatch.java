package dev.sonde.bridge;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sees to it that modules which loop, sit in a native call, or hang in a class initialiser do not
/// keep the others from running, by taking every carrier of virtual threads there is. Names them,
/// and has carriers added ([CarrierRelief]).
///
/// It looks ten times a second while any module is awake. One that made no progress since the last
/// look is a suspicion; then a virtual thread is started, and if that has not run at the next look,
/// carriers are missing. While all modules wait for work it is parked, and nothing wakes it. Its
/// thread is a platform thread, and is there only while there are modules; one that was abandoned
/// stays watched until its thread ends.
///
/// The other way round, it has one carrier run them all while that delivers more ([Consolidation]),
/// and then looks every 4 ms whether that one is held.
final class CarrierWatch {

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long CLOSE_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  private final Map<Watched, WatchedThread> modules = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
  private final AtomicBoolean armed = new AtomicBoolean();
  private final AtomicLong wakeUps = new AtomicLong();
  private final CarrierRelief relief;
  private final Consolidation consolidation;

  private long lookedAtNanos;
  private int heldLooks;
  private @Nullable Probe probe;

  /// A virtual thread that does nothing but run.
  private static final class Probe implements Runnable {
    private volatile boolean ran;

    @Override
    public void run() {
      ran = true;
    }
  }

  CarrierWatch(Supplier<Optional<Carriers>> carriers) {
    this.relief = new CarrierRelief(carriers);
    this.consolidation = new Consolidation(carriers);
  }

  /// Watches a module from now on. To be called before its thread is started.
  void watch(Watched module) {
    modules.put(module, new WatchedThread(module));
    if (thread.get() == null) {
      Thread made = Thread.ofPlatform().daemon().name("sonde-carrier-watch").unstarted(this::run);
      if (thread.compareAndSet(null, made)) {
        made.start();
      }
    }
    arm();
  }

  /// The module's thread ends.
  void forget(Watched module) {
    modules.remove(module);
    if (modules.isEmpty()) {
      LockSupport.unpark(thread.get());
    }
  }

  /// A module has become [awake][Watched#isAwake]. Costs one volatile read if another one was;
  /// never waits.
  void arm() {
    if (!armed.get() && armed.compareAndSet(false, true)) {
      LockSupport.unpark(thread.get());
    }
  }

  /// How it comes to one carrier for all modules.
  Consolidation consolidation() {
    return consolidation;
  }

  /// Whether it looks from time to time; false while it is parked until a module is awake.
  boolean isArmed() {
    return armed.get();
  }

  /// How often its thread has woken up.
  long wakeUps() {
    return wakeUps.get();
  }

  private void run() {
    Thread self = Thread.currentThread();
    do {
      lookWhileThereAreModules();
      consolidation.end();
      relief.end();
      thread.set(null);
      // A module may have come in between, and relies on this thread or has started another.
    } while (!modules.isEmpty() && thread.compareAndSet(null, self));
  }

  private void lookWhileThereAreModules() {
    boolean active = true;
    while (!modules.isEmpty()) {
      if (active) {
        pause();
        active = look();
      } else {
        rest();
        active = true;
      }
    }
  }

  /// Waits for the next look; closely while there is but one carrier.
  private void pause() {
    long begin = System.nanoTime();
    long tick = TICK_NANOS;
    do {
      tick = consolidation.isOn() ? CLOSE_TICK_NANOS : tick;
      LockSupport.parkNanos(this, tick);
      wokeUp();
      if (consolidation.isOn() && isHeldUp()) {
        consolidation.heldUp();
      }
    } while (consolidation.isOn() && System.nanoTime() - begin < TICK_NANOS);
  }

  /// Whether a module kept the only carrier at the last close looks, or none got it.
  private boolean isHeldUp() {
    boolean held = false;
    boolean moved = false;
    boolean awake = false;
    for (WatchedThread module : modules.values()) {
      WatchedThread.Seen seen = module.lookClosely();
      held |= seen == WatchedThread.Seen.HOLDING;
      moved |= seen == WatchedThread.Seen.MOVING;
      awake |= seen != WatchedThread.Seen.ASLEEP;
    }
    // Once may be a pause of the whole process.
    heldLooks = held || (awake && !moved) ? heldLooks + 1 : 0;
    return heldLooks >= 2;
  }

  /// Parks until a module is awake.
  private void rest() {
    armed.set(false);
    // Whoever became awake before that was set found the watch armed.
    while (!armed.get() && !anyAwake() && !modules.isEmpty()) {
      LockSupport.park(this);
      wokeUp();
    }
    armed.set(true);
  }

  private void wokeUp() {
    wakeUps.incrementAndGet();
    // A stray interrupt would make every wait after it return at once.
    var _ = Thread.interrupted();
  }

  private boolean anyAwake() {
    return modules.keySet().stream().anyMatch(Watched::isAwake);
  }

  /// Looks at all modules.
  ///
  /// @return whether there will be something to see at the next look
  private boolean look() {
    long now = System.nanoTime();
    modules.values().forEach(module -> module.look(now));
    int holding = (int) modules.values().stream().filter(WatchedThread::isHolding).count();
    boolean starved = isStarved();
    long steps = modules.values().stream().mapToLong(WatchedThread::steps).sum();
    if (starved || holding > 0) {
      consolidation.end();
    }
    consolidation.tick(steps, now - lookedAtNanos, holding == 0 && !relief.isActive());
    lookedAtNanos = now;
    relief.tick(holding, starved);
    return relief.isActive() || anyAwake();
  }

  /// Whether a virtual thread that was started a tick ago or before has still not run.
  private boolean isStarved() {
    Probe pending = probe;
    if (pending != null && !pending.ran) {
      return true;
    }
    probe = null;
    if (modules.values().stream().anyMatch(WatchedThread::isStill)) {
      Probe next = new Probe();
      probe = next;
      Thread.ofVirtual().name("sonde-carrier-probe").start(next);
    }
    return false;
  }
}
