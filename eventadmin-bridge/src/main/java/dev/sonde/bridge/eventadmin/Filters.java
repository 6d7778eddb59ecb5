package dev.sonde.bridge.eventadmin;

import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks filters, which ask the code of an event's values: that may throw anything.
final class Filters {

  private static final Logger LOG = LoggerFactory.getLogger(Filters.class);

  private Filters() {}

  /// What a filter says, or no.
  static boolean pass(BooleanSupplier filter) {
    try {
      return filter.getAsBoolean();
    } catch (RuntimeException | LinkageError | StackOverflowError thrown) {
      LOG.debug("A filter could not be asked; its handlers do not get the event", thrown);
      return false;
    }
  }
}
