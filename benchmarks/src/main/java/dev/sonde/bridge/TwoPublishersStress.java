package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.sonde.bus.Subscription;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// Two threads publish at once: both events are in the ring and in the queue, in one order, which
/// is that of their sequences.
@JCStressTest
@Outcome(
    id = {"1 2, 11 22, 11 22", "2 1, 12 21, 12 21"},
    expect = ACCEPTABLE,
    desc = "the same order for both subscribers and both publishers")
@Outcome(expect = FORBIDDEN, desc = "lost, doubled, or in another order")
@State
public class TwoPublishersStress {

  private final StressedBus bus = new StressedBus();
  private final EventInbox ring = bus.subscribe("ring");
  private final EventInbox queue =
      bus.subscribe("queue", Subscription.of("queue").topics("stress/NOTE").dropNewest());
  private long first;
  private long second;

  @Actor
  public void one() {
    first = bus.publish(1);
  }

  @Actor
  public void other() {
    second = bus.publish(2);
  }

  @Arbiter
  public void end(LLL_Result r) {
    r.r1 = first + " " + second;
    r.r2 = StressedBus.take(ring) + " " + StressedBus.take(ring);
    r.r3 = StressedBus.take(queue) + " " + StressedBus.take(queue);
    bus.end();
  }
}
