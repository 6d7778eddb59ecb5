package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// What a module is at is read while it begins, ends and rests: it has been at it neither for less
/// than no time nor since before it was there, the time that it was busy never goes back, and what
/// it handles comes from an inbox of its own.
@JCStressTest
@Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "sound")
@Outcome(expect = FORBIDDEN, desc = "time that can not be or goes back, or no inbox of its own")
@State
public class ActivityStress {

  private static final EventInbox ONE = new StressedBus().subscribe("one");
  private static final EventInbox OTHER = new StressedBus().subscribe("other");
  private static final int READS = 8;

  private final long made = System.nanoTime();
  private final Activity activity = new Activity();

  @Actor
  public void module() {
    for (int i = 1; i <= READS / 2; i++) {
      activity.begin(i % 2 == 0 ? ONE : OTHER, i);
      activity.end();
      activity.rest();
    }
  }

  @Actor
  public void watcher(III_Result r) {
    Duration before = Duration.ZERO;
    for (int i = 0; i < READS; i++) {
      Duration busy = activity.busyTime();
      r.r1 += busy.compareTo(before) < 0 ? 1 : 0;
      before = busy;
      r.r2 += isPossible(activity.busyFor()) ? 0 : 1;
      EventInbox from = activity.handling();
      r.r3 += from == null || from == ONE || from == OTHER ? 0 : 1;
    }
  }

  private boolean isPossible(Duration busyFor) {
    return !busyFor.isNegative() && busyFor.toNanos() <= System.nanoTime() - made;
  }
}
