/// The bus: events, subscriptions, modules. This page is the whole contract, in the order in which
/// one needs it; each type says the rest. The examples are parts of tests: `device` is a bus with
/// modules, `heard` a list.
///
/// ## Publishing
///
/// An [Event] is an immutable record that names its [Topic]. [publish][EventBus#publish] gives it
/// the next sequence, puts it into every matching inbox, and returns that sequence. It waits for no
/// subscriber, and does not fail because nobody listens or an inbox is full.
///
/// - Any thread may publish: a handler, a fork, a shell command, a plain bundle.
/// - When it returns, the event waits in every matching inbox, was handled there, or is counted
///   there as missed. Nothing is left to be done by somebody else.
/// - What a handler publishes is handled later, by its own module too; never within the call.
/// - [wanted][EventBus#wanted] tells a source whether anybody would hear;
///   [awaitRoom][EventBus#awaitRoom] is for sources that can wait, such as a replay.
///
/// ## Order
///
/// One [sequence][Envelope#sequence] counts all events of the bus, across topics and publishers.
/// Two events that two subscriptions both receive arrive in this order at both. What one thread
/// publishes keeps its order, and an event published after another's `publish` has returned comes
/// after it. A module with several subscriptions takes the earliest event of all of them first.
/// Gaps in the sequences that a subscription sees are what did not match it.
///
/// {@snippet class="dev.sonde.examples.OrderTest" region="order" :
/// device.start(
///     "meter",
///     context -> {
///       context.on(
///           Reading.class,
///           (reading, at) -> {
///             heard.add(reading);
///             if (reading.value() > 10) {
///               context.publish(new Alarm(reading.value()));
///             }
///           });
///       context.on(Alarm.class, (alarm, at) -> heard.add("caused by " + at.causedBy()));
///       context.publish(new Reading(11)); // sequence 1, published alarm: 3
///       context.publish(new Reading(2)); // sequence 2
///     });
/// device.awaitQuiet();
/// assertThat(heard).containsExactly(new Reading(11), new Reading(2), "caused by 1");
/// }
///
/// ## Subscribing
///
/// [on][ModuleContext#on] subscribes to a type, or to what a [Subscription] says: types, sealed
/// families, topics, prefixes. It begins at one point of the order: it receives every matching
/// event after that point, and none before. [close][Inbox#close] ends it at one point likewise. An
/// event that is published at the same time lies wholly before or after that point; none falls
/// between.
///
/// Each subscription has an inbox of its own, of exactly the [capacity][Subscription#capacity(int)]
/// asked for (1,024 events) and bounded in [bytes of
/// payload][dev.sonde.bus.Subscription#capacityBytes(long)] (4 MiB). No flood takes room in the
/// inbox of a subscription that did not ask for it. With [withLast][Subscription#withLast()] the
/// last event of each topic that is [retained][Topic#retained] comes first.
///
/// ## Loss
///
/// Loss is no error: it is told to the subscription, counted, and never silent.
///
/// | [Overflow] | without room, what goes | told | of 1 2 3 4 5, two may wait |
/// |---|---|---|---|
/// | `DROP_OLDEST`, the default | the oldest that wait | yes | 3 missed, 4, 5 |
/// | `DROP_NEWEST` | the new event | yes | 3 missed, 1, 2 |
/// | `LATEST` | the one before of the same topic and key | no | 5 |
///
/// Told means that [onLagged][Subscription#onLagged] is called before the subscription's next
/// event, and that [EventsMissed][dev.sonde.event.module.EventsMissed] is published. At any time
/// `matched = delivered + missed + waiting` ([InboxCounts]), also in the shell (`bus:stats`).
///
/// ## Threads
///
/// | thread | what runs there |
/// |---|---|
/// | `sonde-MODULE`, virtual | `start`, handlers, lag listeners, timers, tasks, `stop` |
/// | | what waits for a changed configuration or for an answer |
/// | `sonde-MODULE-FORK`, a platform thread | [Source#run] |
/// | another, for this call only | [Source#cancel] |
/// | the publisher's | [Event#payloadBytes] |
///
/// A timer or task that is due comes before the next event; while events wait, one of them comes
/// between two tasks. Module code needs no locks. What blocks goes into a
/// [fork][ModuleContext#fork].
///
/// ## Failure
///
/// What a handler, lag listener, timer, task or callback of an answer throws is logged with the
/// module's name and published as [HandlerFailed][dev.sonde.event.module.HandlerFailed]; the module
/// goes on with the next event. Other modules do not notice, and neither does the publisher.
///
/// {@snippet class="dev.sonde.examples.FailureTest" region="failure" :
/// device.start(
///     "watch",
///     context -> context.on(HandlerFailed.class, (failed, at) -> heard.add(failed.error())));
/// device.start(
///     "meter",
///     context ->
///         context.on(
///             Reading.class,
///             (reading, at) -> {
///               if (reading.value() < 0) {
///                 throw new IllegalStateException("meter runs backwards");
///               }
///               heard.add(reading.value());
///             }));
/// device.publish(new Reading(-1));
/// device.publish(new Reading(2));
/// device.awaitQuiet();
/// assertThat(heard)
///     .containsExactlyInAnyOrder(2, "java.lang.IllegalStateException: meter runs backwards");
/// }
///
/// A handler that does not return holds its own module and nobody else. Told to stop, such a module
/// is abandoned: its thread is interrupted and left behind, and its context is revoked, so that
/// every later call throws [RevokedException]. What it publishes then reaches nobody and is counted
/// (`refused` in `bus:stats` and `module:info`).
///
/// ## Stop and hot swap
///
/// | what happens | events that wait | the inbox |
/// |---|---|---|
/// | [Inbox#close] | are delivered | takes no more |
/// | the module is stopped | are delivered; after a deadline, expired | is closed |
/// | the module is updated | wait for the next version | goes on filling |
/// | the next version asks for less | those left out: expired | takes what is asked for now |
/// | the next version does not subscribe again in `start` | expired | is closed |
/// | `start` throws | expired | is closed |
/// | `start` throws in an update | wait for the version that returns | goes on filling |
/// | no version has started for ten minutes | expired | is closed |
/// | the bundle is uninstalled | expired | is closed |
///
/// The ten minutes are a setting of the device (`keepInboxes` in `conf/bus.cfg`). They run from
/// when the module left, also while versions of it come whose `start` throws.
///
/// Expired and the like are counts of [InboxCounts]. An event whose handler is still running when
/// its module is abandoned is counted as delivered and interrupted; it is not delivered again.
///
/// A subscription is the same if it has the same [name][Subscription#name()] and its module's
/// bundle the same symbolic name. What waits is resumed where the former version stopped, in order;
/// what it left with [saveState][ModuleContext#saveState] is there as well. If the update also
/// replaced an event's record, the event is rebuilt by component name, or counted as incompatible
/// and told. What other modules hear by topic reaches them as the former record. Retained events of
/// the former record are forgotten.
///
/// {@snippet class="dev.sonde.examples.ResumeTest" region="resume" :
/// device.start("meter", new Meter());
/// device.publish(new Reading(1));
/// device.awaitQuiet();
///
/// device.stopForUpdate("meter");
/// device.publish(new Reading(2)); // waits in the inbox "readings"
/// device.publish(new Reading(3));
/// assertThat(heard).containsExactly("1 makes 1");
///
/// device.start("meter", new Meter());
/// device.publish(new Reading(4));
/// device.awaitQuiet();
/// assertThat(heard).containsExactly("1 makes 1", "2 makes 3", "3 makes 6", "4 makes 10");
/// }
///
/// ## Uninstalling
///
/// Events whose record belongs to an uninstalled bundle are taken out of every inbox, counted as
/// expired, and forgotten where they were retained. Its module's inboxes and saved state go too.
///
/// ## Idle
///
/// While no event flows and no timer is due, nothing runs: no thread of the bus or of a module
/// wakes up to look. Modules keep it so by publishing periodic events only when something changed.
///
/// ## Asking
///
/// [ask][EventBus#ask] publishes a request and completes with the first event of the type asked for
/// that names it as its [cause][Envelope#causedBy], or with a time-out. What a handler publishes
/// while it handles a request names it by itself; [reply][EventBus#reply] does so later.
///
/// {@snippet class="dev.sonde.examples.AskTest" region="answer" :
/// device.start(
///     "valve",
///     context -> context.on(Open.class, (open, at) -> context.publish(new Opened("valve"))));
/// }
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
/// ## EventAdmin
///
/// What is published here reaches plain OSGi `EventHandler` services, and what plain bundles post
/// arrives here ([EventBus]). A plain handler that is slow or never returns costs plain handlers
/// events, which are counted, and the bus nothing.
@Export
@Version("0.1.0")
@NullMarked
package dev.sonde.bus;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
