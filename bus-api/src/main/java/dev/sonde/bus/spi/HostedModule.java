package dev.sonde.bus.spi;

import dev.sonde.bus.Inbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/// One run of one module, from start to stop. All methods may be called from any thread but the
/// module's own, which would wait for itself.
@ProviderType
public interface HostedModule {

  /// What became of a module that was told to stop.
  enum Stopped {
    /// It ended in time.
    CLEANLY,
    /// It ended in time, but its stop method threw; see the fault listener.
    WITH_FAULT,
    /// It did not end before the deadline, or one of its forks did not. The thread was interrupted
    /// and left behind, the context revoked.
    ABANDONED
  }

  /// The module's name.
  ///
  /// @return as given to [ModuleHost#host]
  String name();

  /// Starts it: makes the module and calls its start method, both on its own thread.
  ///
  /// Returns at once, however long the module takes. If start throws, the module is already stopped
  /// when that is told, and its inboxes are kept until [#stop] or [ModuleHost#forget].
  ///
  /// @return completes when start has returned, exceptionally with what it threw, on the module's
  ///     thread
  /// @throws IllegalStateException if it was started before
  CompletionStage<Void> start();

  /// Stops it and waits for that: cancels forks and waits for them up to a quarter of the deadline,
  /// cancels timers, runs the tasks that wait, delivers the events that wait up to half of the
  /// deadline, calls its stop method, revokes its context, and counts what still waits as expired.
  /// At the deadline the thread is interrupted and left behind; what it does later reaches neither
  /// the bus nor the module's next run.
  ///
  /// @param keepInboxes true for an update or restart: what waits is not delivered but kept for the
  ///     next version, and the inboxes go on filling until it takes them over, they are forgotten,
  ///     or the grace time is over (`keepInboxes` in `conf/bus.cfg`)
  /// @param deadline for all of that
  /// @return what became of it; calling again returns the same, whatever the arguments
  Stopped stop(boolean keepInboxes, Duration deadline);

  /// The module's inboxes, in the order in which they were opened.
  ///
  /// @return a copy
  List<Inbox> inboxes();

  /// Where the module's thread is now.
  ///
  /// @return its stack, innermost call first; empty if it has ended or waits for events
  List<StackTraceElement> stack();

  /// How long the handler, task or timer that runs now has been running.
  ///
  /// @return zero if none runs
  Duration busyFor();

  /// How long this run's own thread had something to do, from its start on: start, handlers, timers
  /// and tasks.
  ///
  /// That is elapsed time, not processor time, which the JDK does not measure for a virtual thread.
  /// A handler that sleeps or waits counts as busy, and so does one that has no processor because
  /// others use them.
  ///
  /// @return the sum; it goes on while the module is busy, and stands still while it waits for
  ///     events
  Duration busyTime();

  /// How many events were refused because a thread that an ended run of this bundle's module left
  /// behind published them.
  ///
  /// @return counts on from run to run
  long refused();

  /// How much processor time the forks of this run have used, those included that have ended. Forks
  /// have platform threads, for which that is measured.
  ///
  /// @return the sum; zero where the JVM does not measure it
  Duration cpuTimeOfForks();
}
