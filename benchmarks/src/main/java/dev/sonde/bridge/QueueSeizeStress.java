package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.sonde.bridge.Waiting.Seized;
import dev.sonde.bridge.Waiting.Tally;
import dev.sonde.bus.Subscription;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// An inbox with a queue of its own changes hands while a thread that was left behind still takes
/// from it: each event is either taken or left.
@JCStressTest
@Outcome(
    id = {"0, 0, 2", "1, 1, 1", "2, 2, 0"},
    expect = ACCEPTABLE,
    desc = "each event either taken or left")
@Outcome(expect = FORBIDDEN, desc = "an account that does not add up")
@State
public class QueueSeizeStress {

  private final StressedBus bus = new StressedBus();
  private final EventInbox inbox =
      bus.subscribe("queue", Subscription.of("queue").topics("stress/NOTE").dropNewest());
  private final Waiting queue = inbox.waiting();
  private Seized seized = new Seized(Tally.NOTHING, List.of());

  public QueueSeizeStress() {
    var _ = bus.publish(1);
    var _ = bus.publish(2);
  }

  @Actor
  public void publisher() {
    seized = queue.seize();
  }

  @Actor
  public void reader(III_Result r) {
    for (int i = 0; i < 3; i++) {
      if (StressedBus.take(inbox) != 0) {
        r.r1++;
      }
    }
  }

  @Arbiter
  public void end(III_Result r) {
    r.r2 = (int) seized.tally().delivered();
    r.r3 = seized.waiting().size();
    bus.end();
  }
}
