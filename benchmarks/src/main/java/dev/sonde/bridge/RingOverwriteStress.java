package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Events are overwritten while they are read: the reader gets each event in its turn, or learns
/// that it was lost, and never gets another instead.
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "some taken, the others known to be lost")
@Outcome(expect = FORBIDDEN, desc = "wrong events, or neither taken nor lost, or both")
@State
public class RingOverwriteStress {

  /// One less than the ring has slots: what is evicted is overwritten by the next event.
  private static final int CAPACITY = 15;

  /// So many that the reader, who goes on with what is next to be evicted, is never done before.
  private static final int EVENTS = 200;

  private static final int TAKES = 40;

  private final StressedRing ring = new StressedRing(CAPACITY, 0, CAPACITY);

  @Actor
  public void publisher() {
    ring.publish(EVENTS);
  }

  @Actor
  public void reader() {
    ring.take(TAKES);
  }

  @Arbiter
  public void end(II_Result r) {
    ring.takeRest();
    r.r1 = ring.wrong();
    r.r2 = (int) (ring.published() - ring.taken() - ring.lost());
  }
}
