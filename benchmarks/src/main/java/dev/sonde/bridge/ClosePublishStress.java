package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.Subscription;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Subscriptions are closed while events are published: each of them gets the events from before it
/// was closed, and none of those after.
@JCStressTest
@Outcome(
    id = "0, [012], [012]",
    expect = ACCEPTABLE,
    desc = "what came before the end, and no more")
@Outcome(expect = FORBIDDEN, desc = "wrong events, or an account that does not add up")
@State
public class ClosePublishStress {

  private final StressedBus bus = new StressedBus();
  private final EventInbox ring = bus.subscribe("ring");
  private final EventInbox queue =
      bus.subscribe("queue", Subscription.of("queue").topics("stress/NOTE").dropNewest());

  private volatile boolean closed;
  private int before;

  @Actor
  public void closer() {
    ring.close();
    queue.close();
    closed = true;
  }

  @Actor
  public void publisher() {
    for (int i = 1; i <= 2; i++) {
      before += closed ? 0 : 1;
      var _ = bus.publish(i);
    }
  }

  @Arbiter
  public void end(III_Result r) {
    r.r2 = taken(ring, r);
    r.r3 = taken(queue, r);
    bus.end();
  }

  private int taken(EventInbox inbox, III_Result r) {
    long matched = inbox.counts().matched();
    int taken = 0;
    for (long next = StressedBus.take(inbox); next != 0; next = StressedBus.take(inbox)) {
      taken++;
      r.r1 += next == 11L * taken ? 0 : 1;
    }
    InboxCounts counts = inbox.counts();
    boolean exact = counts.isBalanced() && counts.matched() == matched;
    r.r1 += exact && counts.delivered() == matched && taken == matched && taken <= before ? 0 : 1;
    return taken;
  }
}
