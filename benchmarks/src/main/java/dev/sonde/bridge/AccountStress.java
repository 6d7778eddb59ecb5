package dev.sonde.bridge;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.sonde.bus.Event;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.Subscription;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// The accounts of inboxes with each policy are read while events are published and taken: they add
/// up each time, and at the end they are what happened.
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "exact")
@Outcome(expect = FORBIDDEN, desc = "an account that does not add up, or says what did not happen")
@State
public class AccountStress {

  private static final int EVENTS = 12;
  private static final int TAKES = 4;
  private static final int CAPACITY = 2;

  private final StressedBus bus = new StressedBus();
  private final List<EventInbox> inboxes =
      List.of(
          bus.subscribe("oldest", all("oldest")),
          bus.subscribe("newest", all("newest").dropNewest()),
          bus.subscribe("latest", all("latest").latest()));
  private final int[] taken = new int[inboxes.size()];

  private static Subscription<Event> all(String name) {
    return Subscription.of(name).topics("stress/*").capacity(CAPACITY);
  }

  @Actor
  public void publisher() {
    for (int i = 1; i <= EVENTS; i++) {
      var _ = bus.publish(i);
    }
  }

  @Actor
  public void reader(II_Result r) {
    for (int i = 0; i < TAKES; i++) {
      r.r1 += takeOfEach();
    }
  }

  /// @return how many accounts were wrong
  private int takeOfEach() {
    int wrong = 0;
    for (int i = 0; i < inboxes.size(); i++) {
      if (StressedBus.take(inboxes.get(i)) != 0) {
        taken[i]++;
      }
      InboxCounts counts = inboxes.get(i).counts();
      boolean exact = counts.isBalanced() && counts.delivered() == taken[i];
      wrong += exact && counts.waiting() <= CAPACITY ? 0 : 1;
    }
    return wrong;
  }

  @Arbiter
  public void end(II_Result r) {
    for (int i = 0; i <= CAPACITY; i++) {
      r.r2 += takeOfEach();
    }
    for (EventInbox inbox : inboxes) {
      InboxCounts counts = inbox.counts();
      r.r2 += counts.matched() == EVENTS && counts.waiting() == 0 ? 0 : 1;
    }
    bus.end();
  }
}
