package dev.sonde.bridge;

import dev.sonde.bus.Event;
import org.osgi.framework.Filter;

/// An event that was posted as a plain one. In the envelopes that wait for plain handlers, it
/// stands in the event's place; what modules receive carries a typed one.
public interface HandlerEvent extends Event {

  /// Whether a handler with this filter wants it. Called on the publisher's thread, for it asks the
  /// code of the event's values; what that throws means no.
  boolean passes(Filter filter);
}
