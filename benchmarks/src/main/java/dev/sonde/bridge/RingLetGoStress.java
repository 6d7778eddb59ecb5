package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// A ring lets go of what was taken, while more is taken: nothing that still waits goes with it.
@JCStressTest
@Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "all taken")
@Outcome(expect = FORBIDDEN, desc = "wrong events, or some not taken")
@State
public class RingLetGoStress {

  private final StressedRing ring = new StressedRing(8, 0, 2);

  @Actor
  public void publisher() {
    ring.letGo();
    ring.publish(1);
    ring.letGo();
  }

  @Actor
  public void reader() {
    ring.take(2);
    ring.rest();
    ring.take(1);
  }

  @Arbiter
  public void end(III_Result r) {
    ring.takeRest();
    r.r1 = ring.wrong();
    r.r2 = (int) (ring.published() - ring.taken());
    r.r3 = (int) ring.lost();
  }
}
