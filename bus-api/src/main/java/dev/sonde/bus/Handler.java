package dev.sonde.bus;

import org.osgi.annotation.versioning.ConsumerType;

/// Receives the events of one subscription.
///
/// **Thread.** A module's handlers run on that module's own thread, one at a time, in bus order
/// across all its subscriptions; so do its timers and tasks. A handler needs no locks. It may
/// block, but while it does the module hears nothing and its inboxes fill; work that waits on the
/// outside belongs in [ModuleContext#fork].
///
/// **Failure.** Whatever it throws is counted, logged with the module's name and published as
/// [dev.sonde.event.module.HandlerFailed]; the module goes on with the next event.
///
/// @param <E> the type of events
@ConsumerType
@FunctionalInterface
public interface Handler<E extends Event> {

  /// Handles one event.
  ///
  /// @param event the event
  /// @param at what the bus knows about it
  /// @throws Exception if it cannot be handled; see above for what follows
  void handle(E event, Envelope at) throws Exception;
}
