package dev.sonde.bus;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/// The bus, from a publisher's side.
///
/// A module has it as its [ModuleContext]. Everything else that runs on the device (a shell
/// command, a plain bundle that wants typed events) takes it as an OSGi service; what it publishes
/// then carries the name that its bundle would have as a module. All methods may be called from any
/// thread.
///
/// Typed events and OSGi Event Admin are two faces of this bus. Whatever is published here reaches
/// plain `org.osgi.service.event.EventHandler` services on its topic, with the record's components
/// as properties and the record itself under `event`. Whatever a plain bundle posts through
/// `EventAdmin` arrives here: as the typed record where topic and properties fit one, else as
/// [PlainEvent].
@ProviderType
public interface EventBus {

  /// Publishes an event: gives it the next sequence and puts it into every matching inbox.
  ///
  /// Never waits for a subscriber, and does not fail because nobody listens or an inbox is full.
  /// When it returns, the event is in every matching inbox or counted there as missed. Events of
  /// one thread keep their order; all events have one order ([Envelope#sequence]).
  ///
  /// @param event a record with a [Topic], or a [PlainEvent]
  /// @return the event's sequence, 1 or more
  /// @throws IllegalArgumentException if the class is no record or names no topic
  /// @throws RevokedException if the publishing module was stopped or abandoned
  long publish(Event event);

  /// Publishes an event as the answer to another: its [Envelope#causedBy] names the request. Within
  /// the request's handler, [#publish] does the same; this is for answers that come later.
  ///
  /// @param request what is answered
  /// @param answer the answer
  /// @return the answer's sequence
  /// @throws IllegalArgumentException as [#publish]
  /// @throws RevokedException as [#publish]
  long reply(Envelope request, Event answer);

  /// Publishes a request and waits, without holding a thread, for the event that answers it: the
  /// first of the given type whose [Envelope#causedBy] is the request.
  ///
  /// In a module, the stage completes on the module's thread, so that callbacks need no locks; a
  /// handler that blocks for it would wait for itself. Elsewhere it completes on a thread of the
  /// bus.
  ///
  /// @param <R> the type of the answer
  /// @param request the request
  /// @param answer the type of the answer
  /// @param deadline how long to wait
  /// @return completes with the answer, or exceptionally with
  ///     [java.util.concurrent.TimeoutException]
  /// @throws IllegalArgumentException as [#publish]
  /// @throws RevokedException as [#publish]
  <R extends Event> CompletionStage<R> ask(Event request, Class<R> answer, Duration deadline);

  /// Whether an event of this type would reach anybody now. A source asks before it does work whose
  /// only use is the event. Costs a few nanoseconds.
  ///
  /// @param type an event record
  /// @return true if at least one subscription, plain handler or [#ask] matches
  boolean wanted(Class<? extends Event> type);

  /// Waits until every inbox declared [Subscription#pacing] has room: at most half of its capacity
  /// waits. For sources that can wait, such as the replay of a file; a live source never calls it.
  /// Without a pacing subscription it returns at once.
  ///
  /// @param deadline how long to wait at most
  /// @return true if there is room; false if the deadline passed first, in which case the source
  ///     may go on and the loss will be told
  /// @throws InterruptedException if the thread was interrupted
  /// @throws IllegalStateException on the thread of a module with a pacing inbox of its own, which
  ///     would wait for itself
  boolean awaitRoom(Duration deadline) throws InterruptedException;
}
