package dev.sonde.bus;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/// The bus, from a publisher's side.
///
/// A module has it as its [ModuleContext]. Everything else that runs on the device (a shell
/// command, a plain bundle that wants typed events) takes it as an OSGi service; what it publishes
/// then carries the name that its bundle would have as a module. All methods may be called from any
/// thread, by many at once.
///
/// Publishing and changes of subscriptions take turns: a subscription receives every matching event
/// that is published after it began and before it was closed, and no other. An event that is
/// published while a subscription begins or ends lies before or after that as a whole.
///
/// Typed events and OSGi Event Admin are two faces of this bus. Whatever is published here reaches
/// plain `org.osgi.service.event.EventHandler` services on its topic, with the record's components
/// as properties (a component named `event.*` is left out), the record itself under `event` and
/// [Envelope#time] in milliseconds under `timestamp`; filters work on these. Whatever a plain
/// bundle posts through `EventAdmin` arrives here: as the typed record where topic and properties
/// fit one, else as [PlainEvent]. Nothing comes back to the side it came from. What plain handlers
/// are too slow for is missed by them, and counted (`bus:stats`); the bus and its subscribers do
/// not notice.
@ProviderType
public interface EventBus {

  /// Publishes an event: gives it the next sequence and puts it into every matching inbox.
  ///
  /// Never waits for a subscriber, and does not fail because nobody listens or an inbox is full.
  /// When it returns, the event is in every matching inbox or counted there as missed; handlers run
  /// later, on their modules' threads, and what they throw does not come back here. Events of one
  /// thread keep their order; all events have one order ([Envelope#sequence]).
  ///
  /// A handler may publish, also events that its own module receives: they wait their turn. Their
  /// [Envelope#causedBy] is the event that is being handled. What timers, tasks and forks publish
  /// has no cause.
  ///
  /// @param event a record with a [Topic], or a [PlainEvent]
  /// @return the event's sequence, 1 or more
  /// @throws IllegalArgumentException if the class is no record, names no topic or one that is
  ///     none, or a [Topic#key] that is no component
  /// @throws RevokedException if the publishing module was stopped or abandoned
  long publish(Event event);

  /// Publishes an event as the answer to another: its [Envelope#causedBy] names the request. Within
  /// the request's handler, [#publish] does the same; this is for answers that come later.
  ///
  /// {@snippet class="dev.sonde.examples.AskTest" region="later" :
  /// Duration time = Duration.ofMillis(20);
  /// context.on(
  ///     Open.class,
  ///     (open, at) -> context.after(time, () -> context.reply(at, new Opened("slow-valve"))));
  /// }
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
  /// {@snippet class="dev.sonde.examples.AskTest" region="ask" :
  /// context
  ///     .ask(new Open("north"), Opened.class, Duration.ofSeconds(5))
  ///     .whenComplete(
  ///         (opened, failure) -> {
  ///           heard.add(failure == null ? opened : failure);
  ///           heard.add(Thread.currentThread().getName());
  ///         });
  /// }
  ///
  /// **Answers.** Request and answers are events like others and reach all that subscribe to them.
  /// The first answer completes the stage, wherever it was published; further ones and late ones
  /// do nothing here. The asking module needs no subscription.
  ///
  /// **Thread.** A module's callbacks run on the module's thread, as its tasks do: whoever adds
  /// them, and also when the answer is there already, so they need no locks. They run on no other
  /// thread; once the module has ended they do not run at all. They do not count among the 4,096
  /// tasks that may wait, for there are as many as the module asked for. Elsewhere they run on a
  /// thread of the common pool. [CompletionStage#toCompletableFuture] gives a copy that completes,
  /// and calls back, on a thread of the common pool: it is for a fork that blocks until the answer
  /// comes. Blocking for it on the module's thread holds the module up.
  ///
  /// **Failure.** What a callback throws goes into the stage that it made, as always with
  /// [CompletionStage], and is a fault of the module as what a task throws: logged, counted and
  /// published as [dev.sonde.event.module.HandlerFailed] (`answer`).
  ///
  /// **Time-out.** Without an answer before the deadline, the stage fails with
  /// [java.util.concurrent.TimeoutException]. When the module stops, what it still asks fails with
  /// [RevokedException], which its callbacks hear just before [SondeModule#stop] is called; from
  /// then on it can not ask. When it is abandoned, or its start fails, the same holds, but nobody
  /// is left to call back: stages that a callback would have completed then fail likewise or never
  /// complete. Callbacks see a failure as the cause of a
  /// [java.util.concurrent.CompletionException].
  ///
  /// @param <R> the type of the answer
  /// @param request the request
  /// @param answer the type of the answer
  /// @param deadline how long to wait; less than 0 counts as 0
  /// @return completes with the answer, or fails as described; the caller has no business
  ///     completing it
  /// @throws IllegalArgumentException as [#publish]
  /// @throws RevokedException as [#publish]
  <R extends Event> CompletionStage<R> ask(Event request, Class<R> answer, Duration deadline);

  /// Whether an event of this type would reach anybody now. A source asks before it does work whose
  /// only use is the event. Costs a few nanoseconds.
  ///
  /// The inboxes of a module that is being updated count, for they go on filling. [Topic#retained]
  /// does not: whether the last event is to be known to those who come later is for the source to
  /// decide.
  ///
  /// @param type an event record; for [PlainEvent], which may have any topic, the result is true
  /// @return true if at least one subscription, plain handler or [#ask] matches
  /// @throws IllegalArgumentException if such events can not be published, as [#publish] says
  boolean wanted(Class<? extends Event> type);

  /// Waits until every inbox declared [Subscription#pacing] has room: at most half of its capacity
  /// waits, in events and in bytes of payload. For sources that can wait, such as the replay of a
  /// file; a live source never calls it. Without a pacing subscription it returns at once.
  ///
  /// {@snippet class="dev.sonde.examples.PacingTest" region="replay" :
  /// record Replay(ModuleContext context, CountDownLatch done) implements Source {
  ///   @Override
  ///   public void run() throws InterruptedException {
  ///     for (int value = 0; value < READINGS; value++) {
  ///       context.awaitRoom(Duration.ofSeconds(10)); // or go on, and let the loss be told
  ///       context.publish(new Reading(value));
  ///     }
  ///     done.countDown();
  ///   }
  ///
  ///   @Override
  ///   public void cancel() {} // the interrupt that follows ends awaitRoom
  /// }
  /// }
  ///
  /// Room is not reserved. The other half of the capacity is for what the source publishes before
  /// it asks again, for other sources, and for what these events cause. So an event with more
  /// payload than half of [Subscription#capacityBytes] may still make others go.
  ///
  /// It waits on the calling thread, which is best a fork's. A module that calls it in a handler
  /// hears nothing meanwhile, and one with a pacing inbox would wait for itself.
  ///
  /// @param deadline how long to wait at most
  /// @return true if there is room; false if the deadline passed first, in which case the source
  ///     may go on and the loss will be told
  /// @throws InterruptedException if the thread was interrupted, as a fork's is at its end
  /// @throws IllegalStateException on the thread of a module with a pacing inbox of its own, which
  ///     would wait for itself
  boolean awaitRoom(Duration deadline) throws InterruptedException;
}
