package dev.sonde.bus;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/// A module's side of the bus. Handed to [SondeModule#start] and valid until [SondeModule#stop] has
/// returned or the module is abandoned; after that every method but [#name] throws
/// [RevokedException]. The next version of the module gets a context of its own.
///
/// [#name], [#publish], [#reply], [#ask], [#wanted], [#awaitRoom], [#execute], [#every], [#after]
/// and [#fork] may be called from any thread. The others belong to the module's own thread.
@ProviderType
public interface ModuleContext extends EventBus {

  /// The module's name, as shell, log and configuration know it.
  ///
  /// @return for example `logger`
  String name();

  /// Subscribes to a type with the defaults: 1,024 events, the oldest go first.
  ///
  /// @param <E> the type
  /// @param type a record, or a family of them
  /// @param handler called on the module's thread for each event, in bus order
  /// @return the live subscription; it ends with the module
  /// @throws IllegalStateException if the module already has a subscription of that name
  default <E extends Event> Inbox on(Class<E> type, Handler<? super E> handler) {
    return on(Subscription.to(type), handler);
  }

  /// Subscribes, in [SondeModule#start] or at any time later. Events published after this returns
  /// arrive; those published before do not, unless the subscription resumes the inbox of a former
  /// version of this module or asks for [Subscription#withLast]. An event that another thread
  /// publishes meanwhile arrives or not, and if it does, so does all that follows it.
  ///
  /// An inbox that a former version left is resumed by its name ([Subscription#name()]), with the
  /// capacity and policy that are asked for now. What none has claimed when `start` returns is
  /// closed, and what waits there counted as expired.
  ///
  /// @param <E> the type of events
  /// @param subscription which events, and how they wait
  /// @param handler called on the module's thread for each event, in bus order
  /// @return the live subscription; it ends with the module
  /// @throws IllegalStateException if the module already has a subscription of that name
  /// @throws IllegalArgumentException if the subscription names neither type nor topic
  <E extends Event> Inbox on(Subscription<E> subscription, Handler<? super E> handler);

  /// Runs a task again and again, first after one period. A task that is due comes before the next
  /// event; while events wait, one of them comes between two tasks. If the module was busy for
  /// several periods, the missed ones are skipped. Nothing is due before `start` has returned.
  ///
  /// {@snippet class="dev.sonde.examples.TimerTest" region="every" :
  /// static class Meter implements SondeModule {
  ///   private int total; // no lock: handler and timer share one thread
  ///   private int published;
  ///
  ///   @Override
  ///   public void start(ModuleContext context) {
  ///     context.on(Reading.class, (reading, at) -> total += reading.value());
  ///     context.every(
  ///         Duration.ofMillis(10),
  ///         () -> {
  ///           if (total != published) { // nothing new, nothing published
  ///             published = total;
  ///             context.publish(new Sum(total));
  ///           }
  ///         });
  ///   }
  /// }
  /// }
  ///
  /// @param period 1 ms or more
  /// @param task runs on the module's thread
  /// @return cancels it
  /// @throws IllegalArgumentException if the period is shorter than 1 ms
  Timer every(Duration period, Task task);

  /// Runs a task once, after a delay, unless the module is told to stop before.
  ///
  /// @param delay less than 0 counts as 0
  /// @param task runs on the module's thread
  /// @return cancels it
  Timer after(Duration delay, Task task);

  /// Runs a task on the module's thread soon, before the next event and after tasks handed over
  /// before; while events wait, one of them comes between two tasks. This is how a fork or a shell
  /// command reaches the module's state. Never waits, and never runs the task within the call.
  ///
  /// {@snippet class="dev.sonde.examples.TimerTest" region="turns" :
  /// device.start(
  ///     "meter",
  ///     context -> {
  ///       context.on(Reading.class, (reading, at) -> heard.add(reading.value()));
  ///       context.publish(new Reading(1));
  ///       context.publish(new Reading(2));
  ///       context.execute(() -> heard.add("task"));
  ///       context.execute(() -> heard.add("another"));
  ///     });
  /// device.awaitQuiet();
  /// assertThat(heard).containsExactly("task", 1, "another", 2);
  /// }
  ///
  /// Tasks that wait when the module is told to stop are run before [SondeModule#stop].
  ///
  /// @param task runs on the module's thread
  /// @throws java.util.concurrent.RejectedExecutionException if 4,096 tasks wait already, or the
  ///     module is stopping
  void execute(Task task);

  /// Runs a blocking source beside the module, on a platform thread named `sonde-MODULE-NAME`. It
  /// begins at once, even before `start` has returned, and ends when the source returns, when it is
  /// cancelled, or with the module: forks are cancelled first, before what waits is delivered. If
  /// it throws, that is a fault of the module: logged, published as
  /// [dev.sonde.event.module.ForkFailed], and the module is stopped and started again after a
  /// pause. See [Source] for what it may touch.
  ///
  /// @param name a word, unique among the module's running forks
  /// @param source what to run
  /// @return the running source
  /// @throws IllegalStateException if a fork of that name is running
  Fork fork(String name, Source source);

  /// The module's configuration, from `conf/NAME.cfg`, as a record. Every component of the record
  /// carries [Setting] with its default, so that the file may be missing. A value that does not fit
  /// is reported with file, line and key, and the last good one stays, at first the default.
  ///
  /// @param <C> the record
  /// @param type the record's class
  /// @return the present configuration
  /// @throws IllegalArgumentException if a component has no [Setting], a type that can not be read
  ///     from text, or a default outside its own range
  <C extends Record> C config(Class<C> type);

  /// The same, and again whenever the file changes. A change while 4,096 tasks wait for the module
  /// is not told.
  ///
  /// @param <C> the record
  /// @param type the record's class
  /// @param changed called on the module's thread with each new configuration that differs from the
  ///     last
  /// @return the present configuration
  /// @throws IllegalArgumentException as [#config(Class)]
  <C extends Record> C config(Class<C> type, Consumer<? super C> changed);

  /// A folder of the module's own, which outlives updates and restarts of the device.
  ///
  /// @return exists and is writable
  /// @throws java.io.UncheckedIOException if it can not be made
  Path dataDirectory();

  /// Leaves something for the next version of this module, in memory: call it in
  /// [SondeModule#stop]. It is kept by component name, not by class, until it is replaced, the
  /// module is uninstalled, or the device stops.
  ///
  /// {@snippet class="dev.sonde.examples.ResumeTest" region="module" :
  /// class Meter implements SondeModule {
  ///   record State(int total) {}
  ///
  ///   private ModuleContext context;
  ///   private int total;
  ///
  ///   @Override
  ///   public void start(ModuleContext context) {
  ///     this.context = context;
  ///     total = context.restoredState(State.class).map(State::total).orElse(0);
  ///     context.on(Subscription.to(Reading.class).named("readings"), this::add);
  ///   }
  ///
  ///   private void add(Reading reading, Envelope at) {
  ///     total += reading.value();
  ///     heard.add(reading.value() + " makes " + total);
  ///   }
  ///
  ///   @Override
  ///   public void stop() {
  ///     context.saveState(new State(total));
  ///   }
  /// }
  /// }
  ///
  /// @param state replaces what was saved before
  void saveState(Record state);

  /// What the version before saved. Components that the new record does not have are left out; if
  /// it has one that was not saved, or whose value does not fit, there is nothing to restore.
  /// Reading it does not drop it.
  ///
  /// @param <S> the record
  /// @param type the record's class, not necessarily the one that was saved
  /// @return the state, if there is any that fits
  <S extends Record> Optional<S> restoredState(Class<S> type);
}
