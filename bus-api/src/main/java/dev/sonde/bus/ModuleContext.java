package dev.sonde.bus;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/// A module's side of the bus. Handed to [SondeModule#start] and valid until the module has
/// stopped; after that every method throws [RevokedException].
///
/// [#publish], [#reply], [#ask], [#wanted], [#awaitRoom], [#execute], [#every], [#after] and
/// [#fork] may be called from any thread. The others belong to the module's own thread.
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

  /// Subscribes. Events published after this returns arrive; those published before do not, unless
  /// the subscription resumes the inbox of a former version of this module or asks for
  /// [Subscription#withLast].
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
  /// several periods, the missed ones are skipped.
  ///
  /// @param period 1 ms or more
  /// @param task runs on the module's thread
  /// @return cancels it
  /// @throws IllegalArgumentException if the period is shorter than 1 ms
  Timer every(Duration period, Task task);

  /// Runs a task once, after a delay.
  ///
  /// @param delay 0 or more
  /// @param task runs on the module's thread
  /// @return cancels it
  Timer after(Duration delay, Task task);

  /// Runs a task on the module's thread soon, before the next event and after tasks handed over
  /// before; while events wait, one of them comes between two tasks. This is how a fork or a shell
  /// command reaches the module's state.
  ///
  /// @param task runs on the module's thread
  /// @throws java.util.concurrent.RejectedExecutionException if 4,096 tasks wait already
  void execute(Task task);

  /// Runs a blocking source beside the module, on a platform thread named `sonde-MODULE-NAME`. It
  /// ends when the source returns, when it is cancelled, or with the module. If it throws, that is
  /// a fault of the module: counted, logged and published as [dev.sonde.event.module.ForkFailed].
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

  /// The same, and again whenever the file changes.
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
  /// [SondeModule#stop]. It is kept by component name, not by class, and dropped when the module is
  /// uninstalled.
  ///
  /// @param state replaces what was saved before
  void saveState(Record state);

  /// What the version before saved. Components that the new record does not have are left out; if
  /// it has one that was not saved, or whose value does not fit, there is nothing to restore.
  ///
  /// @param <S> the record
  /// @param type the record's class, not necessarily the one that was saved
  /// @return the state, if there is any that fits
  <S extends Record> Optional<S> restoredState(Class<S> type);
}
