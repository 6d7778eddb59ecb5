package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// One thread at a time, which sees what the one before has written.
@JCStressTest
@Outcome(
    id = {"1, 2", "2, 1"},
    expect = ACCEPTABLE,
    desc = "one after the other")
@Outcome(expect = FORBIDDEN, desc = "both at once, or one did not see what the other wrote")
@State
public class SpinLockStress {

  private final SpinLock lock = new SpinLock();
  private int count;

  @Actor
  public void one(II_Result r) {
    r.r1 = increment();
  }

  @Actor
  public void other(II_Result r) {
    r.r2 = increment();
  }

  private int increment() {
    lock.lock();
    try {
      return ++count;
    } finally {
      lock.unlock();
    }
  }
}
