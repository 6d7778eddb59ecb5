package dev.sonde.bridge.eventadmin;

import dev.sonde.bridge.HandlerEvent;
import dev.sonde.bus.Envelope;
import org.osgi.service.event.Event;

/// An event as plain handlers get it.
sealed interface Shown extends HandlerEvent permits Posted, ShownTyped {

  /// The same object for every handler.
  Event toPlain(Envelope at);
}
