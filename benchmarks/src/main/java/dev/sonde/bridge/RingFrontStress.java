package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// What waited before the reader came to the ring is lost first, when more comes than has room.
@JCStressTest
@Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "all taken")
@Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "some taken, the others known to be lost")
@Outcome(expect = FORBIDDEN, desc = "wrong events, or neither taken nor lost, or both")
@State
public class RingFrontStress {

  private final StressedRing ring = new StressedRing(3, 3, 0);

  @Actor
  public void publisher() {
    ring.publish(3);
  }

  @Actor
  public void reader() {
    ring.take(4);
    ring.rest();
  }

  @Arbiter
  public void end(III_Result r) {
    ring.takeRest();
    r.r1 = ring.wrong();
    r.r2 = (int) (ring.published() - ring.taken() - ring.lost());
    r.r3 = ring.lost() > 0 ? 1 : 0;
  }
}
