package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// A ring that grows while it is read loses nothing as long as there is room.
@JCStressTest
@Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "all taken")
@Outcome(expect = FORBIDDEN, desc = "wrong events, or some not taken")
@State
public class RingGrowthStress {

  /// The ring begins with 16 slots.
  private static final int WAITING = 14;

  private final StressedRing ring = new StressedRing(64, 0, WAITING);

  @Actor
  public void publisher() {
    ring.publish(20);
  }

  @Actor
  public void reader() {
    ring.take(6);
  }

  @Arbiter
  public void end(III_Result r) {
    ring.takeRest();
    r.r1 = ring.wrong();
    r.r2 = (int) (ring.published() - ring.taken());
    r.r3 = (int) ring.lost();
  }
}
