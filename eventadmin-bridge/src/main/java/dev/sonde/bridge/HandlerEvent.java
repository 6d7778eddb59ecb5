package dev.sonde.bridge;

import dev.sonde.bus.Event;
import org.osgi.framework.Filter;

/// An event as plain handlers see it. In the envelopes that wait for them, it stands in the event's
/// place; what modules receive carries the event itself.
public interface HandlerEvent extends Event {

  /// Whether a handler with this filter wants it. Called on the publisher's thread, for it asks the
  /// code of the event's values; what that throws means no.
  boolean passes(Filter filter);

  /// The typed event that it shows, or this one, if there is none.
  default Event subject() {
    return this;
  }
}
