package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import dev.sonde.event.module.EventsMissed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How long inboxes are kept for a module that is away. When it does not come back in that time,
/// they are closed, and what waits in them is told: in the log, once, and as [EventsMissed].
///
/// The time runs from when the module left to when a version of it has started; versions whose
/// start fails do not stop it. While no module is away there is no timer.
final class Grace {

  private static final Logger LOG = LoggerFactory.getLogger(Grace.class);

  private final Bus bus;

  // Guarded by this.
  private final Map<Mailbox, Absence> absences = new HashMap<>();
  private Duration time = Duration.ofMinutes(10);

  Grace(Bus bus) {
    this.bus = bus;
  }

  /// An inbox that was closed, and what waited in it.
  record Closed(EventInbox inbox, long expired) {}

  /// Sets the time, for those too that are away.
  synchronized void set(Duration newTime) {
    time = newTime;
    absences.values().forEach(Absence::schedule);
  }

  /// A module has left its inboxes. One that has been away since before goes on being away.
  synchronized void left(Mailbox mailbox, String module) {
    if (!mailbox.inboxes().isEmpty()) {
      absences.computeIfAbsent(mailbox, _ -> new Absence(mailbox, module)).schedule();
    }
  }

  /// A module has come back, or nothing is kept for it any more.
  synchronized void ended(Mailbox mailbox) {
    Absence absence = absences.remove(mailbox);
    if (absence != null) {
      absence.cancel();
    }
  }

  /// Whether a timer runs.
  synchronized boolean isWaiting() {
    return absences.values().stream().anyMatch(Absence::isWaiting);
  }

  private final class Absence {
    private final Mailbox mailbox;
    private final String module;
    private final long sinceNanos = System.nanoTime();
    private @Nullable Future<?> timer;

    Absence(Mailbox mailbox, String module) {
      this.mailbox = mailbox;
      this.module = module;
    }

    void schedule() {
      cancel();
      long left = Nanos.of(time) - (System.nanoTime() - sinceNanos);
      timer =
          ForkJoinPool.commonPool().schedule(this::expire, Math.max(0, left), TimeUnit.NANOSECONDS);
    }

    void cancel() {
      if (timer != null) {
        timer.cancel(false);
      }
    }

    boolean isWaiting() {
      return timer != null && !timer.isDone();
    }

    private void expire() {
      synchronized (Grace.this) {
        // While a version starts it may still claim what is kept; if its start fails, it is left
        // again.
        if (absences.get(mailbox) == this && mailbox.hasEnded()) {
          absences.remove(mailbox);
          tell(bus.closeKept(mailbox));
        }
      }
    }

    private void tell(List<Closed> closed) {
      LOG.warn(
          "Module {} did not come back within {} s: its inboxes are closed, {} events that waited"
              + " expired (keepInboxes in conf/bus.cfg)",
          module,
          time.toSeconds(),
          closed.stream().mapToLong(Closed::expired).sum());
      for (Closed one : closed) {
        if (one.expired() > 0) {
          bus.publish(
              module,
              new EventsMissed(
                  module, one.inbox().name(), one.expired(), one.inbox().counts().missed()),
              Envelope.NO_CAUSE);
        }
      }
    }
  }
}
