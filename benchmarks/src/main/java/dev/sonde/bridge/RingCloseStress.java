package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// A subscription is closed while its events are taken, and the ring goes on for others: what
/// waited is still taken, each once, and nothing that came later.
@JCStressTest
@Outcome(id = "0, 2, 0", expect = ACCEPTABLE, desc = "what waited is taken")
@Outcome(expect = FORBIDDEN, desc = "wrong events, too few or too many")
@State
public class RingCloseStress {

  /// Enough to overwrite what waited.
  private static final int LATER = 20;

  private final StressedRing ring = new StressedRing(4, 0, 2);

  public RingCloseStress() {
    ring.addIdleReader();
  }

  @Actor
  public void publisher() {
    ring.close();
    ring.publish(LATER);
  }

  @Actor
  public void reader() {
    ring.take(3);
  }

  @Arbiter
  public void end(III_Result r) {
    ring.takeRest();
    r.r1 = ring.wrong();
    r.r2 = (int) ring.taken();
    r.r3 = (int) ring.lost();
  }
}
