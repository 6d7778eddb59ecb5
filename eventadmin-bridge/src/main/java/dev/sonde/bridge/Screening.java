package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.osgi.framework.Filter;

/// Which plain handlers an event reaches, by what their filters said of it.
///
/// @param route whose filters were asked
/// @param passed whom they let it through to
record Screening(Route route, List<Targets> passed) {

  /// Asks all filters of a route. Not under a lock: they ask the code of the event's values.
  static Screening of(Route route, Predicate<Filter> event) {
    List<Targets> passed = new ArrayList<>();
    for (Route.Screened some : route.screened()) {
      if (event.test(some.filter())) {
        passed.add(some.targets());
      }
    }
    return new Screening(route, passed);
  }

  /// Called under the order lock.
  void add(Envelope envelope) {
    route.handlers().add(envelope, envelope.topic());
    for (Targets some : passed) {
      some.add(envelope, envelope.topic());
    }
  }

  /// To be called after a full fence, as [Targets#wake].
  void wake() {
    route.handlers().wake();
    for (Targets some : passed) {
      some.wake();
    }
  }

  /// The inboxes of the handlers.
  List<EventInbox> inboxes() {
    if (passed.isEmpty()) {
      return route.handlers().inboxes();
    }
    List<EventInbox> inboxes = new ArrayList<>(route.handlers().inboxes());
    passed.forEach(some -> inboxes.addAll(some.inboxes()));
    return inboxes;
  }
}
