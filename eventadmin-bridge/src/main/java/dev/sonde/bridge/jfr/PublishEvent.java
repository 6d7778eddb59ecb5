package dev.sonde.bridge.jfr;

import dev.sonde.bus.Envelope;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// An event was published. Off unless a recording asks for it.
@Name("dev.sonde.Publish")
@Label("Publish")
@Category({"Sonde", "Bus"})
@Description("An event was put into every matching inbox; how long that took")
@Enabled(false)
@StackTrace(false)
public final class PublishEvent extends Event {

  /// Says whether a recording wants these; the others are only made when one does.
  private static final PublishEvent PROBE = new PublishEvent();

  @Label("Topic")
  @Nullable String topic;

  @Label("Source Module")
  @Nullable String module;

  @Label("Sequence")
  @Description("The event's place in the order of all events")
  long sequence;

  @Label("Caused By")
  @Description("Sequence of the event that was being handled; 0 if none was")
  long causedBy;

  @Label("Matching Inboxes")
  int inboxes;

  private PublishEvent() {}

  /// Begins to measure, if a recording wants that.
  public static @Nullable PublishEvent begun() {
    if (!Recorder.IS_VISIBLE || !PROBE.isEnabled()) {
      return null;
    }
    PublishEvent event = new PublishEvent();
    event.begin();
    return event;
  }

  /// Ends measuring.
  ///
  /// @param envelope what was published
  /// @param matching how many inboxes it matched
  public void published(Envelope envelope, int matching) {
    end();
    if (shouldCommit()) {
      topic = envelope.topic();
      module = envelope.module();
      sequence = envelope.sequence();
      causedBy = envelope.causedBy();
      inboxes = matching;
      commit();
    }
  }
}
