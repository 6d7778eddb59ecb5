package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.sonde.bridge.Waiting.Seized;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// An inbox changes hands while a thread that was left behind still takes from it. The account is
/// exact: each event counts as taken or is left for the next. What that thread takes before it can
/// see that may be among what is left; its taking does not count. Afterwards it takes nothing.
@JCStressTest
@Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "each event either taken or left")
@Outcome(id = "0, 0, [123]", expect = ACCEPTABLE, desc = "some were taken, but count as left")
@Outcome(expect = FORBIDDEN, desc = "wrong events, taken too late, or in no account")
@State
public class RingSeizeStress {

  private static final int EVENTS = 3;

  private final StressedRing ring = new StressedRing(EVENTS + 1, 0, EVENTS);
  private volatile @Nullable Seized seized;
  private int late;

  public RingSeizeStress() {
    ring.addIdleReader();
  }

  @Actor
  public void publisher() {
    seized = ring.seize();
    ring.publish(20);
  }

  @Actor
  public void reader() {
    for (int i = 0; i < EVENTS; i++) {
      boolean isLate = seized != null;
      if (ring.takeOne() && isLate) {
        late++;
      }
    }
  }

  @Arbiter
  public void end(III_Result r) {
    ring.takeRest();
    Seized left = Objects.requireNonNull(seized);
    long counted = left.tally().delivered();
    r.r1 = ring.wrong() + late;
    r.r2 = (int) (EVENTS - counted - left.waiting().size());
    r.r3 = (int) (ring.taken() - counted);
  }
}
