package dev.sonde.bridge;

import dev.sonde.bridge.jfr.DeliveryEvent;
import dev.sonde.bridge.jfr.LagEvent;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.spi.FaultListener;
import dev.sonde.bus.spi.FaultListener.Place;
import dev.sonde.event.log.LogLine;
import dev.sonde.event.module.HandlerFailed;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls the handlers, timers and tasks of one run of a module, on its thread; what they throw
/// stays here.
final class Deliveries implements Mailbox.Worker {

  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private final Bus bus;
  private final String module;
  private final FaultListener faults;
  private final Activity activity;
  private final LossReport unpublished;
  private final BooleanSupplier revoked;

  /// While its lag listener runs, the inbox whose next event is taken already.
  private final AtomicReference<@Nullable EventInbox> telling = new AtomicReference<>();

  /// @param activity says what it is at
  /// @param unpublished is told of losses
  /// @param revoked whether the run has been abandoned
  Deliveries(
      Bus bus,
      String module,
      FaultListener faults,
      Activity activity,
      LossReport unpublished,
      BooleanSupplier revoked) {
    this.bus = bus;
    this.module = module;
    this.faults = faults;
    this.activity = activity;
    this.unpublished = unpublished;
    this.revoked = revoked;
  }

  @Override
  public void run(Agenda.Job job) {
    var _ = attempt(job.what(), Envelope.NO_CAUSE, job.task()::run);
  }

  @Override
  public boolean rest() {
    return activity.rest();
  }

  @Override
  public void deliver(Waiting from, Envelope envelope) {
    if (from.hasNewLoss() && !tellLoss(from)) {
      return;
    }
    activity.begin(from.inbox(), envelope.sequence());
    DeliveryEvent recorded = DeliveryEvent.begun();
    try {
      from.handler().handle(envelope.event(), envelope);
    } catch (Throwable thrown) {
      from.fail();
      failedAt(envelope, from.inbox().name(), thrown);
    } finally {
      if (recorded != null) {
        recorded.delivered(module, from.inbox().name(), envelope);
      }
      done();
    }
  }

  /// @return whether the event before which this is told may be handled
  private boolean tellLoss(Waiting from) {
    EventInbox inbox = from.inbox();
    long missed = bus.inOrder(inbox::takeUntold);
    if (missed > 0) {
      LagEvent.lagged(module, inbox.name(), missed);
      telling.set(inbox);
      var _ =
          attempt(
              inbox.name(),
              Envelope.NO_CAUSE,
              () -> from.subscription().lagListener().accept(missed));
      // Revoked comes first and then abandoned: one of the two threads sees that, and only one.
      if (revoked.getAsBoolean() || !telling.compareAndSet(inbox, null)) {
        return false;
      }
      unpublished.add(inbox, missed);
    }
    return !revoked.getAsBoolean();
  }

  /// Runs module code; what it throws stays here.
  ///
  /// @param sequence what is being handled, negative if a failure must not be published
  private boolean attempt(String what, long sequence, ThrowingRunnable code) {
    activity.beginJob();
    try {
      code.run();
      return true;
    } catch (Throwable thrown) {
      failed(what, sequence, thrown);
      return false;
    } finally {
      done();
    }
  }

  /// What tells of a failure must not lead to the next: a handler that fails at that is not
  /// published, and one that fails at a line of the log does not add another.
  private void failedAt(Envelope at, String what, Throwable thrown) {
    switch (at.event()) {
      case LogLine _ -> faults.failed(Place.HANDLER, what, Faults.describe(thrown));
      case HandlerFailed _ -> report(Place.HANDLER, what, thrown);
      default -> failed(what, at.sequence(), thrown);
    }
  }

  private void failed(String what, long sequence, Throwable thrown) {
    report(Place.HANDLER, what, thrown);
    if (sequence >= 0 && !revoked.getAsBoolean()) {
      bus.publish(
          module,
          new HandlerFailed(module, what, sequence, Faults.describe(thrown), Faults.place(thrown)),
          Envelope.NO_CAUSE);
    }
  }

  /// A callback of an answer threw.
  void answerFailed(Throwable thrown) {
    failed("answer", Envelope.NO_CAUSE, thrown);
  }

  private void done() {
    activity.end();
    // A flag that module code left set would break the next blocking call of its next handler.
    if (Thread.currentThread().isInterrupted()) {
      var _ = Thread.interrupted();
    }
  }

  /// Code that may throw anything.
  @FunctionalInterface
  private interface ThrowingRunnable {
    void run() throws Exception;
  }

  void report(Place place, String what, Throwable thrown) {
    Faults.warn(LOG, "Module " + module + ": " + what + " failed", thrown);
    faults.failed(place, what, Faults.describe(thrown));
  }

  /// The run is abandoned: its thread does not tell of the loss any more that it was about to tell.
  ///
  /// @return the inbox of that loss, whose next event is taken already
  @Nullable EventInbox abandon() {
    return telling.getAndSet(null);
  }
}
