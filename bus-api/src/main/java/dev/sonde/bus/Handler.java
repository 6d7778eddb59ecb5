package dev.sonde.bus;

import org.osgi.annotation.versioning.ConsumerType;

/// Receives the events of one subscription.
///
/// **Thread.** A module's handlers run on that module's own thread, one at a time, in bus order
/// across all its subscriptions; so do its timers and tasks. A handler needs no locks.
///
/// **What it may do.** Publish, also what it receives itself: that is handled later, never within
/// the call. Subscribe, and close any subscription of its module, its own too. Set timers, start
/// forks. Block: but while it does the module hears nothing and its inboxes fill, and when the
/// module is to stop meanwhile it is abandoned; work that waits on the outside belongs in
/// [ModuleContext#fork]. It must not wait for something that its own module has to do, such as an
/// answer to [EventBus#ask]: that is waiting for itself.
///
/// **Failure.** Whatever it throws, errors too, is counted ([InboxCounts#failed]), logged with the
/// module's name and published as [dev.sonde.event.module.HandlerFailed]; the module goes on with
/// the next event. The event is not delivered again. An interrupt that it leaves behind is cleared.
///
/// @param <E> the type of events
@ConsumerType
@FunctionalInterface
public interface Handler<E extends Event> {

  /// Handles one event.
  ///
  /// @param event the event
  /// @param at what the bus knows about it; may be kept, for [EventBus#reply]
  /// @throws Exception if it cannot be handled; see above for what follows
  void handle(E event, Envelope at) throws Exception;
}
