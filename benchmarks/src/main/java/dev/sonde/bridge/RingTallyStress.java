package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.sonde.bridge.Waiting.Tally;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// The account is read while events are published and taken, and adds up each time.
@JCStressTest
@Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "exact")
@Outcome(expect = FORBIDDEN, desc = "an account that does not add up, or wrong events")
@State
public class RingTallyStress {

  private static final int EVENTS = 40;
  private static final int TAKES = 20;

  private final StressedRing ring = new StressedRing(3, 2, 0);
  private int unbalanced;

  @Actor
  public void publisher() {
    for (int i = 0; i < EVENTS; i++) {
      Tally tally = ring.tally();
      if (tally.matched() + 2 != tally.delivered() + tally.waiting() + tally.overflow()) {
        unbalanced++;
      }
      ring.publish(1);
    }
  }

  @Actor
  public void reader() {
    ring.take(TAKES);
  }

  @Arbiter
  public void end(III_Result r) {
    ring.takeRest();
    r.r1 = unbalanced;
    r.r2 = ring.wrong();
    r.r3 = (int) (ring.published() - ring.taken() - ring.lost());
  }
}
