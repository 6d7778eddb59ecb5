package dev.sonde.bridge.eventadmin;

import dev.sonde.bridge.HandlerEvent;
import org.osgi.framework.Filter;
import org.osgi.service.event.Event;

/// An event that was posted as a plain one.
record Posted(Event event) implements HandlerEvent {

  @Override
  public boolean passes(Filter filter) {
    return Filters.pass(() -> event.matches(filter));
  }
}
