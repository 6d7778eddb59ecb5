package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Work comes while a thread is about to park: it finds the work, or is woken.
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "found the work")
@Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "parked, and was woken")
@Outcome(expect = FORBIDDEN, desc = "sleeps beside its work")
@State
public class ParkStress {

  private final Agenda agenda = new Agenda("stress", new WakeChain(() -> {}));
  private int work;

  @Actor
  public void sleeper(II_Result r) {
    r.r1 = Parking.await(agenda, () -> work == 1);
  }

  @Actor
  public void waker() {
    work = 1;
    agenda.wake();
  }

  @Arbiter
  public void end(II_Result r) {
    r.r2 = agenda.isParked() ? 1 : 0;
  }
}
