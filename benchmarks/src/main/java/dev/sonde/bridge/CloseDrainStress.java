package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.sonde.bus.Envelope;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// A subscription is closed while its module takes the last event and goes to rest: whoever comes
/// last removes it.
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken, and gone")
@Outcome(expect = FORBIDDEN, desc = "not taken, or still there")
@State
public class CloseDrainStress implements Mailbox.Worker {

  private final StressedBus bus = new StressedBus();
  private final EventInbox inbox = bus.subscribe("drained");
  private final Agenda run = inbox.waiting().reader();
  private int taken;
  private int rests;

  public CloseDrainStress() {
    var _ = bus.publish(1);
  }

  @Actor
  public void module() {
    // It does not sleep, and ends when it rests again.
    LockSupport.unpark(Thread.currentThread());
    inbox.mailbox().work(run, this);
  }

  @Override
  public void deliver(Waiting from, Envelope envelope) {
    taken++;
  }

  @Override
  public void run(Agenda.Job job) {}

  @Override
  public boolean rest() {
    if (++rests > 1) {
      run.abort();
    }
    return false;
  }

  @Actor
  public void closer() {
    inbox.close();
  }

  @Arbiter
  public void end(II_Result r) {
    r.r1 = taken;
    r.r2 = inbox.mailbox().inboxes().size();
    bus.end();
  }
}
