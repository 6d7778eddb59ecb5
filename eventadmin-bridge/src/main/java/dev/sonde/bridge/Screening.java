package dev.sonde.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.osgi.framework.Filter;

/// What the filters of plain handlers said of an event.
///
/// @param route whose filters were asked
/// @param passed whom they let it through to
record Screening(Route route, List<Targets> passed) {

  static final Screening NONE = new Screening(Route.NOWHERE, List.of());

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

  /// Whether no more filters are to be asked for this route.
  @SuppressWarnings("ReferenceEquality") // every change of subscriptions makes other routes
  boolean settles(Route other) {
    return other.screened().isEmpty() || route == other;
  }
}
