package dev.sonde.bridge;

import dev.sonde.bus.Task;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What one run of a module has to do besides events, how far it is, and how its thread waits. Ends
/// with the run: a thread that was left behind finds its own agenda ended, whatever came after.
final class Agenda {

  /// The reader of an inbox whose module is away.
  static final Agenda NOBODY = new Agenda("", new WakeChain(() -> {}));

  private static final int MAX_TASKS = 4096;
  private static final Task NOTHING = () -> {};
  private static final VarHandle STATE = Fields.of(MethodHandles.lookup(), "state", int.class);

  private static final VarHandle PRESENCE =
      Fields.of(MethodHandles.lookup(), "presence", int.class);

  private static final int ABSENT = 0;
  private static final int PRESENT = 1;

  /// It waits for something else than the bus, and so is in nobody's way.
  private static final int SITTING_OUT = 2;

  private static final int AWAKE = 0;
  private static final int PARKED = 1;

  /// Somebody has seen that it is parked, and sees to it that it wakes.
  private static final int WAKING = 2;

  /// How the module's thread is to go on.
  enum Phase {
    RUNNING,
    /// Deliver what waits, then stop.
    DRAINING,
    /// Stop before the next event.
    LEAVING,
    ENDED
  }

  /// A task or a timer.
  record Job(String what, Task task) {}

  private final String owner;
  private final WakeChain chain;
  private final SpinLock lock = new SpinLock();
  private final ArrayDeque<Job> tasks = new ArrayDeque<>();
  private final PriorityQueue<DueTimer> timers = new PriorityQueue<>();
  private Task last = NOTHING;

  private volatile Phase phase = Phase.RUNNING;

  /// Whether there is something besides events and timers.
  private volatile boolean pending;

  private volatile @Nullable DueTimer nextTimer;

  /// Whether something but the next event may be to do. Cleared only by [#settle].
  private volatile boolean disturbed = true;

  private volatile @Nullable Thread thread;

  /// Whether the thread needs a carrier; written by itself.
  private volatile boolean virtual;

  private volatile int state;

  private volatile long wakeUps;

  /// Whether the thread counts among those that are awake when it is not parked.
  private volatile int presence;

  /// Who is woken after this one; of the [WakeChain].
  @Nullable Agenda wakesNext;

  Agenda(String owner, WakeChain chain) {
    this.owner = owner;
    this.chain = chain;
  }

  Phase phase() {
    return phase;
  }

  /// Whether a job comes before the next event.
  boolean isDue() {
    DueTimer timer = nextTimer;
    return pending || (timer != null && timer.nanosLeft() <= 0);
  }

  /// From now on only a disturbance is noticed, unless there is something else to do already.
  void settle() {
    if (!disturbed) {
      return;
    }
    disturbed = false;
    // In this order: who brings something says so after it is there.
    if (pending || nextTimer != null) {
      disturbed = true;
    }
  }

  /// Whether nothing but events came to be done since [#settle].
  boolean isUndisturbed() {
    return !disturbed;
  }

  /// There may be something else to do than to take the next event from the same inbox.
  void disturb() {
    disturbed = true;
  }

  private void setPending() {
    pending = true;
    disturb();
  }

  void execute(String what, Task task) {
    lock.lock();
    try {
      if (phase != Phase.RUNNING) {
        throw new RejectedExecutionException("Module " + owner + " is stopping");
      }
      if (tasks.size() >= MAX_TASKS) {
        throw new RejectedExecutionException(
            MAX_TASKS + " tasks already wait for module " + owner + "; it is too slow for them");
      }
      tasks.add(new Job(what, task));
      setPending();
    } finally {
      lock.unlock();
    }
    wake();
  }

  /// Runs an action on the module's thread soon, also while it stops; here and now when its run is
  /// over.
  void executeOrRun(String what, Runnable task) {
    if (!executeWithoutBound(what, task)) {
      task.run();
    }
  }

  /// Runs an action on the module's thread soon, also while it stops, and however many tasks wait.
  ///
  /// @return false if its run is over
  boolean executeWithoutBound(String what, Runnable task) {
    lock.lock();
    boolean queued = phase != Phase.ENDED;
    try {
      if (queued) {
        tasks.add(new Job(what, task::run));
        setPending();
      }
    } finally {
      lock.unlock();
    }
    if (queued) {
      wake();
    }
    return queued;
  }

  void schedule(DueTimer timer) {
    lock.lock();
    try {
      if (phase == Phase.RUNNING) {
        timers.add(timer);
        nextTimer = timers.peek();
        disturb();
      }
    } finally {
      lock.unlock();
    }
    wake();
  }

  void cancel(DueTimer timer) {
    lock.lock();
    try {
      timers.remove(timer);
      nextTimer = timers.peek();
    } finally {
      lock.unlock();
    }
  }

  /// Lets the thread end after one last task.
  ///
  /// @param drain whether to deliver what waits first
  void end(boolean drain, Task lastTask) {
    enter(drain ? Phase.DRAINING : Phase.LEAVING, lastTask);
  }

  /// Lets the thread end at once.
  void abort() {
    enter(Phase.ENDED, NOTHING);
  }

  private void enter(Phase next, Task lastTask) {
    lock.lock();
    try {
      if (phase == Phase.ENDED) {
        return;
      }
      phase = next;
      last = lastTask;
      setPending();
      timers.clear();
      nextTimer = null;
      if (next == Phase.ENDED) {
        tasks.clear();
      }
    } finally {
      lock.unlock();
    }
    wake();
  }

  /// What comes next besides events; null if nothing does.
  ///
  /// @param eventless whether no events wait, so that a module that drains is done
  @Nullable Job poll(boolean eventless) {
    lock.lock();
    try {
      Job job = pollTimer();
      if (job == null) {
        job = tasks.poll();
      }
      if (job == null && (phase == Phase.LEAVING || (phase == Phase.DRAINING && eventless))) {
        job = new Job("stop", last);
        last = NOTHING;
        phase = Phase.ENDED;
      }
      pending = phase != Phase.RUNNING || !tasks.isEmpty();
      return job;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Job pollTimer() {
    DueTimer timer = timers.peek();
    if (timer == null || timer.nanosLeft() > 0) {
      return null;
    }
    timers.remove();
    if (timer.isPeriodic()) {
      timer.advance();
      timers.add(timer);
    }
    nextTimer = timers.peek();
    return new Job("timer", timer.task());
  }

  /// Called by the run's thread before it takes anything.
  void begin() {
    thread = Thread.currentThread();
    virtual = thread.isVirtual();
    if (virtual) {
      presence = PRESENT;
      chain.rose();
    }
  }

  /// Lets other modules run that are awake. What comes in the meantime is then handled in one go,
  /// which is much cheaper than to follow a publisher event by event.
  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it
  void giveWay() {
    comeBack();
    if (virtual && chain.isCrowded()) {
      Thread.yield();
    }
  }

  /// Lets any other thread run, also one of which is not known that it is awake.
  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it
  void giveWayToAll() {
    if (virtual) {
      Thread.yield();
    }
  }

  /// What its thread is at waits for something else, such as a lock or the network: until it is
  /// back it does not count among those that are awake. Called by the watch alone.
  void sitOut() {
    if (!isParked() && PRESENCE.compareAndSet(this, PRESENT, SITTING_OUT)) {
      chain.rests();
    }
  }

  private void comeBack() {
    if (presence == SITTING_OUT && PRESENCE.compareAndSet(this, SITTING_OUT, PRESENT)) {
      chain.rose();
    }
  }

  /// Waits until woken, or until a timer is due.
  ///
  /// @param hasWork asked once more when everybody can see that the thread waits
  /// @param idle told that it waits
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread counts, others read
  void await(BooleanSupplier hasWork, Runnable idle) {
    if (virtual) {
      comeBack();
      if (chain.lingers(() -> isDue() || hasWork.getAsBoolean())) {
        return;
      }
      chain.rests();
    }
    state = PARKED;
    VarHandle.fullFence();
    if (isDue() || hasWork.getAsBoolean()) {
      rise();
      return;
    }
    idle.run();
    long since = System.nanoTime();
    DueTimer timer = nextTimer;
    if (timer == null) {
      LockSupport.park(this);
    } else {
      LockSupport.parkNanos(this, Math.max(1, timer.nanosLeft()));
    }
    rise();
    chain.parkedFor(System.nanoTime() - since);
    wakeUps = wakeUps + 1;
    // Only the end of the module ends this thread; a stray interrupt, such as one that a handler
    // gave itself, means nothing here and would keep the thread from waiting.
    var _ = Thread.interrupted();
  }

  /// Sleeps for a moment, and nobody wakes it.
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread counts, others read
  void doze(Doze together) {
    if (virtual) {
      chain.rests();
    }
    together.sleep();
    if (virtual) {
      chain.rose();
    }
    wakeUps = wakeUps + 1;
  }

  /// Leaves the waiting state; not before whoever wakes it has let go of it.
  private void rise() {
    if (STATE.compareAndSet(this, PARKED, AWAKE)) {
      if (virtual) {
        chain.rose();
      }
    } else {
      while (state != AWAKE) {
        chain.passOn();
        Thread.onSpinWait();
      }
    }
  }

  /// Whether it waits for work; one that was left behind never does.
  boolean isParked() {
    return state == PARKED;
  }

  /// Wakes the thread if it waits. What it is to find must have been written before.
  void wake() {
    VarHandle.fullFence();
    if (isParked()) {
      wakeParked();
    }
  }

  /// Wakes it, unless somebody else does.
  void wakeParked() {
    if (STATE.compareAndSet(this, PARKED, WAKING)) {
      if (virtual) {
        chain.wake(this);
      } else {
        unpark();
      }
    }
  }

  /// Makes it run, though it is still in the chain: it lets go of itself and of those behind it.
  void nudge() {
    LockSupport.unpark(thread);
  }

  /// Lets go of it, so that it may run.
  void unpark() {
    Thread sleeper = thread;
    state = AWAKE;
    if (sleeper != Thread.currentThread()) {
      LockSupport.unpark(sleeper);
    }
  }

  /// Whether it waits and has no task.
  boolean isIdle() {
    return phase == Phase.ENDED || (isParked() && !pending);
  }

  long wakeUps() {
    return wakeUps;
  }

  /// Lets go of the thread.
  void ended() {
    abort();
    if ((int) PRESENCE.getAndSet(this, ABSENT) == PRESENT) {
      chain.rests();
    }
    thread = null;
  }
}
