package dev.sonde.bridge.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// A subscription was too slow and is told so.
@Name("dev.sonde.Lag")
@Label("Lag")
@Category({"Sonde", "Bus"})
@Description("A subscription missed events; told before the next one is delivered")
@StackTrace(false)
public final class LagEvent extends Event {

  @Label("Module")
  @Nullable String module;

  @Label("Subscription")
  @Nullable String subscription;

  @Label("Missed Events")
  @Description("How many since this was last told")
  long missed;

  private LagEvent() {}

  /// Records a loss; losses are rare enough to make one each time.
  ///
  /// @param ofModule who missed something
  /// @param ofSubscription on which of its subscriptions
  /// @param events how many events
  public static void lagged(String ofModule, String ofSubscription, long events) {
    if (!Recorder.IS_VISIBLE) {
      return;
    }
    LagEvent event = new LagEvent();
    if (event.shouldCommit()) {
      event.module = ofModule;
      event.subscription = ofSubscription;
      event.missed = events;
      event.commit();
    }
  }
}
