package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// A thread joins the chain of those to be woken, while another ceases to look for work: it is
/// woken by that one, or by whoever put it there.
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "woken by the one that looked")
@Outcome(id = "1, [01]", expect = ACCEPTABLE, desc = "nudged by the publisher")
@Outcome(expect = FORBIDDEN, desc = "left in the chain with nobody to wake it")
@State
public class LingerStress {

  private static final int MOST_SPINS = 16;

  private final WakeChain chain = new WakeChain(() -> {});
  private final Agenda joining = Parking.parked(chain);
  private final int spins = ThreadLocalRandom.current().nextInt(MOST_SPINS);
  private volatile boolean looked;

  public LingerStress() {
    chain.rose();
    // From now on it pays to look.
    chain.parkedFor(1);
  }

  @Actor
  public void looker() {
    var _ = chain.lingers(this::look);
    looked = true;
  }

  /// Takes as long, more or less, as it takes the other to see it.
  private boolean look() {
    looked = true;
    for (int i = spins; i > 0; i--) {
      Thread.onSpinWait();
    }
    return true;
  }

  @Actor
  public void publisher(II_Result r) {
    // Where there is one processor, nobody looks.
    while (!looked) {
      Thread.onSpinWait();
    }
    r.r1 = chain.join(joining) ? 1 : 0;
  }

  @Arbiter
  public void end(II_Result r) {
    r.r2 = joining.isParked() ? 1 : 0;
  }
}
