package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import dev.sonde.event.module.EventsMissed;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Publishes what a module's subscriptions lost, each at most once a second: at once, and what
/// comes within the second after it at its end. Used by the module's thread only.
final class LossReport {

  private final Bus bus;
  private final String module;
  private final Supplier<Agenda> agenda;
  private final Map<EventInbox, Burst> bursts = new HashMap<>();

  LossReport(Bus bus, String module, Supplier<Agenda> agenda) {
    this.bus = bus;
    this.module = module;
    this.agenda = agenda;
  }

  void add(EventInbox inbox, long missed) {
    bursts.computeIfAbsent(inbox, Burst::new).add(missed);
  }

  private final class Burst {
    private final EventInbox inbox;
    private long unpublished;
    private boolean waits;

    Burst(EventInbox inbox) {
      this.inbox = inbox;
    }

    void add(long missed) {
      unpublished += missed;
      if (!waits) {
        publish();
      }
    }

    private void publish() {
      waits = unpublished > 0;
      if (waits) {
        long missed = unpublished;
        unpublished = 0;
        agenda.get().schedule(DueTimer.after(agenda.get(), Bus.MISSED_PERIOD_NANOS, this::publish));
        bus.publish(
            module,
            new EventsMissed(module, inbox.name(), missed, inbox.counts().missed()),
            Envelope.NO_CAUSE);
      } else {
        bursts.remove(inbox);
      }
    }
  }
}
