package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.RevokedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Everything that waits for one module: its inboxes, and the agenda of its present run. Belongs to
/// a bundle's symbolic name and outlives the module's versions.
public final class Mailbox {

  /// After so many events in a row a module lets others run.
  private static final int SLICE = 256;

  private final Bus bus;
  private final String owner;

  // Written under the order lock.
  private volatile EventInbox[] inboxes = {};
  private volatile Agenda agenda;

  private final LastLook lastLook = new LastLook();

  Mailbox(Bus bus, String owner) {
    this.bus = bus;
    this.owner = owner;
    this.agenda = ended();
  }

  private Agenda ended() {
    Agenda none = new Agenda(owner, bus.chain());
    none.abort();
    return none;
  }

  /// Does the work of a run, on its thread.
  interface Worker {
    void deliver(Waiting from, Envelope envelope);

    void run(Agenda.Job job);

    /// There is nothing to do for now.
    ///
    /// @return whether there was since it rested last, as far as that is known
    default boolean rest() {
      return false;
    }
  }

  /// The symbolic name of the module's bundle.
  public String owner() {
    return owner;
  }

  /// A new run begins.
  Agenda begin() {
    Agenda next = new Agenda(owner, bus.chain());
    bus.inOrder(() -> agenda = next);
    return next;
  }

  /// A run is over, though its thread may still be at it: from now on it opens nothing.
  void end(Agenda run) {
    bus.inOrder(
        () -> {
          if (agenda == run) {
            agenda = ended();
          }
        });
  }

  /// Whether a run may open inboxes. Called under the order lock.
  ///
  /// @throws RevokedException if it is over
  void check(Agenda run) {
    if (agenda != run) {
      throw new RevokedException(owner);
    }
  }

  Agenda agenda() {
    return agenda;
  }

  /// Its inboxes, in the order in which they were opened.
  public List<EventInbox> inboxes() {
    return List.of(inboxes);
  }

  /// Called under the order lock.
  void attach(EventInbox inbox) {
    List<EventInbox> more = new ArrayList<>(inboxes());
    more.add(inbox);
    use(more);
  }

  /// Called under the order lock.
  void detach(EventInbox inbox) {
    List<EventInbox> fewer = new ArrayList<>(inboxes());
    fewer.remove(inbox);
    use(fewer);
  }

  private void use(List<EventInbox> others) {
    inboxes = others.toArray(EventInbox[]::new);
    agenda.disturb();
  }

  /// Works until the run ends: due timers come first, then tasks, then events in bus order; but
  /// between two jobs comes an event, so that a task that queues itself again, or a timer that
  /// takes longer than its period, does not keep events away.
  void work(Agenda run, Worker worker) {
    run.begin();
    boolean jobBefore = false;
    while (run.phase() != Agenda.Phase.ENDED) {
      Agenda.Job job = jobBefore || !run.isDue() ? null : run.poll(false);
      jobBefore = false;
      if (job == null && run.phase() != Agenda.Phase.LEAVING && deliver(run, worker)) {
        continue;
      }
      if (job == null && run.isDue()) {
        job = run.poll(true);
      }
      if (job != null) {
        jobBefore = true;
        worker.run(job);
      } else if (run.phase() == Agenda.Phase.RUNNING) {
        rest(run, worker.rest());
      }
    }
    run.ended();
  }

  private void rest(Agenda run, boolean hasWorked) {
    for (EventInbox inbox : inboxes) {
      Waiting waiting = inbox.waiting();
      if (waiting.reader() == run) {
        waiting.rest();
      }
    }
    removeDrained();
    if (hasWorked && isRelaxed(run)) {
      run.doze(bus.doze());
    } else {
      run.await(() -> hasEvents(run), bus.quiet()::maybeOpen);
    }
  }

  private boolean isRelaxed(Agenda run) {
    boolean relaxed = false;
    for (EventInbox inbox : inboxes) {
      Waiting waiting = inbox.waiting();
      if (waiting.reader() == run) {
        relaxed = waiting.subscription().isRelaxed();
        if (!relaxed) {
          return false;
        }
      }
    }
    return relaxed;
  }

  private void removeDrained() {
    for (EventInbox inbox : inboxes) {
      if (inbox.isDrained()) {
        bus.inOrder(() -> detach(inbox));
      }
    }
  }

  private boolean hasEvents(Agenda run) {
    for (EventInbox inbox : inboxes) {
      Waiting waiting = inbox.waiting();
      if (waiting.reader() == run && waiting.size() > 0) {
        return true;
      }
    }
    return false;
  }

  /// Delivers what had arrived at the last look; if that was all, looks for more.
  ///
  /// @return false if there was nothing to deliver
  private boolean deliver(Agenda run, Worker worker) {
    EventInbox[] all = inboxes;
    if (deliverKnown(all, run, worker)) {
      lastLook.inVain = false;
      return true;
    }
    if (!lastLook.inVain) {
      run.giveWay();
    }
    look(all, run);
    // What was there at this look may be superseded or evicted by now; then what came after it is
    // next.
    lastLook.inVain = !deliverKnown(all, run, worker) && !hasEvents(run);
    return !lastLook.inVain;
  }

  private boolean deliverKnown(EventInbox[] all, Agenda run, Worker worker) {
    return all.length == 1 ? deliverAll(all, run, worker) : deliverEarliest(all, run, worker);
  }

  /// Delivers from the only inbox, until something else is to be done.
  private boolean deliverAll(EventInbox[] all, Agenda run, Worker worker) {
    Waiting only = all[0].waiting();
    if (only.reader() != run || !deliver(only, Waiting.NONE, worker)) {
      return false;
    }
    run.settle();
    if (!isStill(all)) {
      return true;
    }
    int delivered = 1;
    while ((run.isUndisturbed() || (!run.isDue() && isStill(all)))
        && deliver(only, Waiting.NONE, worker)) {
      // One that is always behind must not keep its carrier from others.
      if (++delivered % SLICE == 0) {
        run.giveWayToAll();
      }
    }
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // every change is another array
  private boolean isStill(EventInbox[] all) {
    return inboxes == all;
  }

  private boolean deliverEarliest(EventInbox[] all, Agenda run, Worker worker) {
    Waiting earliest = earliest(all, run);
    return earliest != null && deliver(earliest, earliest.nextSequence(), worker);
  }

  /// Notes up to which sequence everything has arrived. In this order: an event up to the watermark
  /// is in its inbox when the watermark is read.
  private void look(EventInbox[] all, Agenda run) {
    lastLook.watermark = bus.sequence();
    for (EventInbox inbox : all) {
      Waiting waiting = inbox.waiting();
      if (waiting.reader() == run) {
        waiting.refresh();
      }
    }
  }

  private @Nullable Waiting earliest(EventInbox[] all, Agenda run) {
    Waiting earliest = null;
    long sequence = lastLook.watermark + 1;
    for (EventInbox inbox : all) {
      Waiting waiting = inbox.waiting();
      if (waiting.reader() == run) {
        long next = waiting.nextSequence();
        if (next < sequence) {
          sequence = next;
          earliest = waiting;
        }
      }
    }
    return earliest;
  }

  private boolean deliver(Waiting from, long sequence, Worker worker) {
    Envelope envelope = from.take(sequence);
    if (envelope == null) {
      return false;
    }
    if (from.isPacing() && bus.room().isAwaited() && from.mayHaveRoom(envelope.sequence())) {
      bus.room().maybeOpen();
    }
    worker.deliver(from, envelope);
    return true;
  }

  /// Whether an event that fits waits. Called under the order lock.
  boolean holds(Predicate<Envelope> condition) {
    return inboxes().stream().anyMatch(inbox -> inbox.waiting().holds(condition));
  }

  /// Whether the module has nothing to do; an ended one never has.
  boolean isQuiet() {
    Agenda present = agenda;
    return present.phase() == Agenda.Phase.ENDED || (present.isIdle() && !hasEvents(present));
  }

  boolean hasEnded() {
    return agenda.phase() == Agenda.Phase.ENDED;
  }

  /// How often the thread of the present run woke up from waiting.
  public long wakeUps() {
    return agenda.wakeUps();
  }
}
