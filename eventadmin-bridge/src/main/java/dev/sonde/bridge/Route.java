package dev.sonde.bridge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Filter;

/// Where an event goes.
final class Route {

  static final Route NOWHERE = to(List.of());

  private final Targets modules;
  private final Targets handlers;
  private final List<Screened> screened;
  private final Screening unasked = new Screening(this, List.of());

  /// Plain handlers of the same filter.
  record Screened(Filter filter, Targets targets) {}

  private Route(Targets modules, Targets handlers, List<Screened> screened) {
    this.modules = modules;
    this.handlers = handlers;
    this.screened = screened;
  }

  static Route to(Collection<EventInbox> inboxes) {
    List<EventInbox> modules = new ArrayList<>();
    List<EventInbox> handlers = new ArrayList<>();
    Map<Filter, List<EventInbox>> screened = new LinkedHashMap<>();
    for (EventInbox inbox : inboxes) {
      if (!(inbox.matcher() instanceof HandlerMatcher wanted)) {
        modules.add(inbox);
      } else if (wanted.filter() == null) {
        handlers.add(inbox);
      } else {
        screened.computeIfAbsent(wanted.filter(), filter -> new ArrayList<>()).add(inbox);
      }
    }
    return new Route(
        Targets.of(modules),
        Targets.of(handlers),
        screened.entrySet().stream()
            .map(entry -> new Screened(entry.getKey(), Targets.of(entry.getValue())))
            .toList());
  }

  /// Who gets the event itself.
  Targets modules() {
    return modules;
  }

  /// Plain handlers.
  Targets handlers() {
    return handlers;
  }

  /// Plain handlers that get it only if it passes their filter.
  List<Screened> screened() {
    return screened;
  }

  /// Before any filter was asked.
  Screening unasked() {
    return unasked;
  }

  boolean isEmpty() {
    return modules.isEmpty() && !reachesHandlers();
  }

  /// Whether there are plain handlers that may get it.
  boolean reachesHandlers() {
    return !handlers.isEmpty() || !screened.isEmpty();
  }

  /// How many inboxes match.
  int size() {
    int size = modules.inboxes().size() + handlers.inboxes().size();
    for (Screened some : screened) {
      size += some.targets().inboxes().size();
    }
    return size;
  }
}
