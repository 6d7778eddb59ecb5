package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// An event is published while its subscriber is about to park: it finds the event, or is woken.
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "found the event")
@Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "parked, and was woken")
@Outcome(expect = FORBIDDEN, desc = "sleeps beside its event")
@State
public class ParkPublishStress {

  private final StressedBus bus = new StressedBus();
  private final EventInbox inbox = bus.subscribe("sleeper");

  @Actor
  public void sleeper(II_Result r) {
    Waiting waiting = inbox.waiting();
    r.r1 = Parking.await(waiting.reader(), () -> waiting.size() > 0);
  }

  @Actor
  public void publisher() {
    var _ = bus.publish(1);
  }

  @Arbiter
  public void end(II_Result r) {
    r.r2 = inbox.waiting().reader().isParked() ? 1 : 0;
    bus.end();
  }
}
