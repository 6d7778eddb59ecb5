package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Handler;
import dev.sonde.bus.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everything that waits for one module: its inboxes, due timers and tasks, under one lock. The one
/// lock is what makes the order right: publishers add in bus order, and the module takes the
/// earliest of all its inboxes while nobody adds.
///
/// A mailbox belongs to a bundle's symbolic name and outlives the module's versions; what belongs
/// to one version is cleared between.
public final class Mailbox {

  private static final int MAX_TASKS = 4096;
  private static final Task NOTHING = () -> {};

  /// How the module's thread is to go on.
  private enum Phase {
    RUNNING,
    /// Deliver what waits, then stop.
    DRAINING,
    /// Stop before the next event.
    LEAVING,
    ENDED
  }

  /// What the module's thread does next.
  sealed interface Work {
    /// Handle an event, after saying what was missed before it.
    ///
    /// @param inbox where it waited
    /// @param envelope the event
    /// @param handler the handler at this moment; the inbox may change hands while it runs
    /// @param lagListener is told what was missed, likewise
    /// @param missed how many were lost before it
    /// @param toPublish how many lost ones are due to be published
    record Delivery(
        EventInbox inbox,
        Envelope envelope,
        Handler<Event> handler,
        LongConsumer lagListener,
        long missed,
        long toPublish)
        implements Work {}

    /// Run a task or a timer.
    record Job(String what, Task task) implements Work {}

    /// Nothing more.
    record End() implements Work {}
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Bus bus;
  private final String owner;
  private final List<EventInbox> inboxes = new ArrayList<>();
  private final ArrayDeque<Work.Job> tasks = new ArrayDeque<>();
  private final PriorityQueue<DueTimer> timers = new PriorityQueue<>();
  private Phase phase = Phase.ENDED;
  private Task last = NOTHING;
  private boolean idle;
  private boolean jobBefore;
  private long run;
  private long wakeUps;

  Mailbox(Bus bus, String owner) {
    this.bus = bus;
    this.owner = owner;
  }

  /// The symbolic name of the module's bundle.
  public String owner() {
    return owner;
  }

  <T> T locked(Supplier<T> action) {
    Spin.lock(lock);
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  void locked(Runnable action) {
    Spin.lock(lock);
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /// Adds an event to some of the inboxes. Called under the bus's order lock, so in bus order.
  void add(List<EventInbox> matching, Envelope envelope, Object identity) {
    Spin.lock(lock);
    try {
      for (EventInbox inbox : matching) {
        inbox.add(envelope, identity);
      }
      wake();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    if (idle) {
      idle = false;
      arrived.signal();
    }
  }

  /// Its inboxes, in the order in which they were opened.
  public List<EventInbox> inboxes() {
    return locked(() -> List.copyOf(inboxes));
  }

  void attach(EventInbox inbox) {
    locked(() -> inboxes.add(inbox));
  }

  void detach(EventInbox inbox) {
    locked(() -> inboxes.remove(inbox));
  }

  /// Accepts nothing more; what waits is still delivered, and then the inbox goes.
  void close(EventInbox inbox) {
    locked(
        () -> {
          inbox.stopAccepting();
          if (inbox.size() == 0) {
            inboxes.remove(inbox);
          }
        });
  }

  /// A new run begins; jobs and timers of the one before are gone.
  ///
  /// @return its number, by which the mailbox knows its thread from one that was left behind
  long begin() {
    return locked(
        () -> {
          phase = Phase.RUNNING;
          tasks.clear();
          timers.clear();
          return ++run;
        });
  }

  void execute(String what, Task task) {
    locked(
        () -> {
          if (phase != Phase.RUNNING) {
            throw new RejectedExecutionException("Module " + owner + " is stopping");
          }
          if (tasks.size() >= MAX_TASKS) {
            throw new RejectedExecutionException(
                MAX_TASKS
                    + " tasks already wait for module "
                    + owner
                    + "; it is too slow for them");
          }
          tasks.add(new Work.Job(what, task));
          wake();
        });
  }

  void schedule(DueTimer timer) {
    locked(
        () -> {
          if (phase == Phase.RUNNING) {
            timers.add(timer);
            wake();
          }
        });
  }

  void cancel(DueTimer timer) {
    locked(() -> timers.remove(timer));
  }

  /// Lets the thread end after one last task.
  ///
  /// @param drain whether to deliver what waits first
  void end(long ofRun, boolean drain, Task lastTask) {
    locked(
        () -> {
          if (ofRun == run && phase != Phase.ENDED) {
            last = lastTask;
            phase = drain ? Phase.DRAINING : Phase.LEAVING;
            timers.clear();
            wake();
          }
        });
  }

  /// Lets the thread of a run end at once.
  void abort(long ofRun) {
    locked(
        () -> {
          if (ofRun == run) {
            phase = Phase.ENDED;
            last = NOTHING;
            tasks.clear();
            timers.clear();
            inboxes.forEach(EventInbox::abandon);
            wake();
          }
        });
    bus.quiet().maybeOpen();
  }

  /// Waits for work. Called by the thread of a run only; one that was left behind is told to end.
  Work take(long ofRun) {
    Spin.lock(lock);
    try {
      while (true) {
        Work work = ofRun == run ? poll() : new Work.End();
        if (work != null) {
          return work;
        }
        await();
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Work poll() {
    if (phase == Phase.ENDED) {
      return new Work.End();
    }
    // A task that queues itself again, or a timer that takes longer than its period, must not keep
    // events away.
    if (jobBefore && phase != Phase.LEAVING) {
      jobBefore = false;
      Work delivery = pollEvent();
      if (delivery != null) {
        return delivery;
      }
    }
    DueTimer timer = timers.peek();
    if (timer != null && timer.nanosLeft() <= 0) {
      timers.remove();
      if (timer.isPeriodic()) {
        timer.advance();
        timers.add(timer);
      }
      jobBefore = true;
      return new Work.Job("timer", timer.task());
    }
    Work.Job task = tasks.poll();
    if (task != null) {
      jobBefore = true;
      return task;
    }
    if (phase != Phase.LEAVING) {
      Work delivery = pollEvent();
      if (delivery != null) {
        return delivery;
      }
    }
    if (phase != Phase.RUNNING) {
      phase = Phase.ENDED;
      return new Work.Job("stop", last);
    }
    return null;
  }

  private @Nullable Work pollEvent() {
    EventInbox earliest = null;
    long sequence = Long.MAX_VALUE;
    for (EventInbox inbox : inboxes) {
      Envelope first = inbox.first();
      if (first != null && first.sequence() < sequence) {
        sequence = first.sequence();
        earliest = inbox;
      }
    }
    if (earliest == null) {
      return null;
    }
    long missed = earliest.takeUntold();
    long toPublish = earliest.takeUnpublished();
    Handler<Event> handler = earliest.handler();
    LongConsumer lagListener = earliest.subscription().lagListener();
    Envelope envelope = earliest.take();
    if (!earliest.isAccepting() && earliest.size() == 0) {
      inboxes.remove(earliest);
    }
    if (earliest.hasRoomForPace()) {
      bus.room().maybeOpen();
    }
    return envelope == null
        ? null
        : new Work.Delivery(earliest, envelope, handler, lagListener, missed, toPublish);
  }

  @SuppressWarnings("WaitNotInLoop") // take() loops around it
  private void await() {
    idle = true;
    bus.quiet().maybeOpen();
    try {
      DueTimer next = timers.peek();
      if (next == null) {
        arrived.await();
      } else {
        var _ = arrived.awaitNanos(next.nanosLeft());
      }
    } catch (InterruptedException e) {
      // Only the end of the module ends this thread; a stray interrupt, such as one that a handler
      // gave itself, means nothing here.
    } finally {
      idle = false;
      wakeUps++;
    }
  }

  void handled(long ofRun, EventInbox inbox, boolean successfully) {
    locked(
        () -> {
          if (ofRun == run && phase != Phase.ENDED) {
            inbox.handled(successfully);
          }
        });
  }

  /// Whether the module has nothing to do; an ended one never has.
  boolean isQuiet() {
    return locked(
        () ->
            phase == Phase.ENDED
                || (idle
                    && tasks.isEmpty()
                    && inboxes.stream().allMatch(inbox -> inbox.size() == 0)));
  }

  /// The inboxes that no subscription of the present run has claimed; none if the run is another.
  List<EventInbox> unclaimed(long ofRun) {
    return locked(
        () ->
            ofRun == run
                ? inboxes.stream().filter(inbox -> !inbox.isClaimed()).toList()
                : List.of());
  }

  boolean hasEnded() {
    return locked(() -> phase == Phase.ENDED);
  }

  /// How often the thread woke up from waiting.
  public long wakeUps() {
    return locked(() -> wakeUps);
  }
}
