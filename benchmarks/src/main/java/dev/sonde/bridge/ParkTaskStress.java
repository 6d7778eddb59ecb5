package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// A task comes while the module's thread is about to park: it finds the task, or is woken.
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "found the task")
@Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "parked, and was woken")
@Outcome(expect = FORBIDDEN, desc = "sleeps beside its task")
@State
public class ParkTaskStress {

  private final Agenda agenda = new Agenda("stress", new WakeChain(() -> {}));

  @Actor
  public void sleeper(II_Result r) {
    r.r1 = Parking.await(agenda, () -> false);
  }

  @Actor
  public void waker() {
    agenda.execute("task", () -> {});
  }

  @Arbiter
  public void end(II_Result r) {
    r.r2 = agenda.isParked() ? 1 : 0;
  }
}
