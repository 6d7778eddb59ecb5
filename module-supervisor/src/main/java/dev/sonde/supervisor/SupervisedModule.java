package dev.sonde.supervisor;

import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.event.module.ModuleState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/// What the supervisor knows of one module.
final class SupervisedModule {

  /// A handler that runs longer than this is worth saying so.
  private static final Duration LONG_BUSY = Duration.ofSeconds(5);

  private final String name;
  private final Bundle bundle;
  private @Nullable HostedModule hosted;
  private ModuleState state = ModuleState.INSTALLED;
  private String reason = "";
  private Instant since = Instant.now();
  private String lastFault = "";
  private int starts;

  SupervisedModule(String name, Bundle bundle) {
    this.name = name;
    this.bundle = bundle;
  }

  /// One line of a list.
  ///
  /// @param name the module's name
  /// @param bundle its bundle
  /// @param state its state
  /// @param since when it came into that state
  /// @param reason why, may be empty
  /// @param starts how often it was started
  /// @param waiting events in all its inboxes
  /// @param missed events missed by all its inboxes
  /// @param lastFault what went wrong last, may be empty
  record Status(
      String name,
      Bundle bundle,
      ModuleState state,
      Instant since,
      String reason,
      int starts,
      long waiting,
      long missed,
      String lastFault) {}

  String name() {
    return name;
  }

  Bundle bundle() {
    return bundle;
  }

  synchronized ModuleState state() {
    return state;
  }

  synchronized @Nullable HostedModule hosted() {
    return hosted;
  }

  synchronized void hosted(HostedModule newRun) {
    hosted = newRun;
    starts++;
  }

  /// Changes the state.
  ///
  /// @return the state before
  synchronized ModuleState become(ModuleState newState, String newReason) {
    ModuleState before = state;
    state = newState;
    reason = newReason;
    since = Instant.now();
    notifyAll();
    return before;
  }

  /// Waits while it is starting.
  ///
  /// @return the state then, or when the deadline has passed
  synchronized ModuleState awaitDecision(Duration deadline) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    while (state == ModuleState.STARTING && end - System.nanoTime() > 0) {
      wait(1 + (end - System.nanoTime()) / 1_000_000);
    }
    return state;
  }

  synchronized void fault(String description) {
    lastFault = description;
  }

  synchronized Status status() {
    List<Inbox> inboxes = hosted == null ? List.of() : hosted.inboxes();
    List<InboxCounts> counts = inboxes.stream().map(Inbox::counts).toList();
    Duration busy = hosted == null ? Duration.ZERO : hosted.busyFor();
    boolean stuck = state == ModuleState.ACTIVE && isLong(busy);
    return new Status(
        name,
        bundle,
        stuck ? ModuleState.DEGRADED : state,
        since,
        stuck ? "busy with one event for " + busy.toSeconds() + " s" : reason,
        starts,
        counts.stream().mapToLong(InboxCounts::waiting).sum(),
        counts.stream().mapToLong(InboxCounts::missed).sum(),
        lastFault);
  }

  /// Whether something that runs for so long is worth saying so.
  static boolean isLong(Duration busy) {
    return busy.compareTo(LONG_BUSY) > 0;
  }
}
