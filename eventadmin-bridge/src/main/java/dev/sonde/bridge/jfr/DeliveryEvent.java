package dev.sonde.bridge.jfr;

import dev.sonde.bus.Envelope;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/// A handler ran. Unless a recording asks for more, only the slow ones are written.
@Name("dev.sonde.Delivery")
@Label("Delivery")
@Category({"Sonde", "Bus"})
@Description("A handler of a subscription was called, and returned or threw")
@Threshold("10 ms")
@StackTrace(false)
public final class DeliveryEvent extends Event {

  /// Says whether a recording wants these; the others are only made when one does.
  private static final DeliveryEvent PROBE = new DeliveryEvent();

  @Label("Module")
  @Nullable String module;

  @Label("Subscription")
  @Nullable String subscription;

  @Label("Topic")
  @Nullable String topic;

  @Label("Sequence")
  @Description("The event's place in the order of all events")
  long sequence;

  private DeliveryEvent() {}

  /// Begins to measure, if a recording wants that.
  public static @Nullable DeliveryEvent begun() {
    if (!Recorder.IS_VISIBLE || !PROBE.isEnabled()) {
      return null;
    }
    DeliveryEvent event = new DeliveryEvent();
    event.begin();
    return event;
  }

  /// Ends measuring.
  ///
  /// @param toModule whose handler it was
  /// @param toSubscription which of its handlers
  /// @param envelope what it handled
  public void delivered(String toModule, String toSubscription, Envelope envelope) {
    end();
    if (shouldCommit()) {
      module = toModule;
      subscription = toSubscription;
      topic = envelope.topic();
      sequence = envelope.sequence();
      commit();
    }
  }
}
