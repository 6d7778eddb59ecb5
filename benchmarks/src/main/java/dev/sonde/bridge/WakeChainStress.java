package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// A thread joins the chain of those to be woken, while the one before it, which was woken, passes
/// on: it is woken by that one, or is the first of a new chain.
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "woken by the one before")
@Outcome(id = "1, [01]", expect = ACCEPTABLE, desc = "the first of a new chain, and nudged")
@Outcome(expect = FORBIDDEN, desc = "left in the chain with nobody to wake it")
@State
public class WakeChainStress {

  private final WakeChain chain = new WakeChain(() -> {});
  private final Agenda before = Parking.parked(chain);
  private final Agenda joining = Parking.parked(chain);

  public WakeChainStress() {
    chain.wake(before);
  }

  @Actor
  public void woken() {
    while (before.isParked()) {
      chain.passOn();
    }
  }

  @Actor
  public void publisher(II_Result r) {
    r.r1 = chain.join(joining) ? 1 : 0;
  }

  @Arbiter
  public void end(II_Result r) {
    r.r2 = joining.isParked() ? 1 : 0;
  }
}
