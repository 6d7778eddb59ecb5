package dev.sonde.supervisor;

import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.event.module.ModuleState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/// What the supervisor knows of one module.
final class SupervisedModule {

  private final String name;
  private final Bundle bundle;
  private final RecentFailures failures = new RecentFailures();
  private final Set<HostedModule> leftBehind = new LinkedHashSet<>();
  private @Nullable HostedModule hosted;
  private @Nullable Supervision supervision;
  private @Nullable Supervision nextSupervision;
  private ModuleState state = ModuleState.INSTALLED;
  private String reason = "";
  private Instant since = Instant.now();
  private long sinceNanos = System.nanoTime();
  private String lastFault = "";
  private int starts;

  /// Whether nobody has stopped it.
  private boolean wanted;

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
  /// @param age for how long it has been in it, whatever became of the clock meanwhile
  /// @param reason why, may be empty
  /// @param starts how often it was started
  /// @param waiting events in all its inboxes
  /// @param missed events missed by all its inboxes
  /// @param overflow those of them for which there was no room
  /// @param lastFault what went wrong last, may be empty
  record Status(
      String name,
      Bundle bundle,
      ModuleState state,
      Instant since,
      Duration age,
      String reason,
      int starts,
      long waiting,
      long missed,
      long overflow,
      String lastFault) {}

  String name() {
    return name;
  }

  Bundle bundle() {
    return bundle;
  }

  String symbolicName() {
    return bundle.getSymbolicName();
  }

  RecentFailures failures() {
    return failures;
  }

  synchronized ModuleState state() {
    return state;
  }

  /// The run that is, or was last.
  synchronized @Nullable HostedModule hosted() {
    return hosted;
  }

  /// How to supervise the run that is, or was last; null before the first.
  synchronized @Nullable Supervision supervision() {
    return supervision;
  }

  synchronized void hosted(HostedModule newRun, Supervision howToSupervise) {
    hosted = newRun;
    supervision = howToSupervise;
    wanted = true;
    starts++;
  }

  /// How to supervise its next run, if that is known before it starts.
  synchronized void nextSupervision(@Nullable Supervision howToSupervise) {
    nextSupervision = howToSupervise;
  }

  synchronized Optional<Supervision> takeNextSupervision() {
    Supervision next = nextSupervision;
    nextSupervision = null;
    return Optional.ofNullable(next);
  }

  /// Somebody has stopped it: it is not to be started again by itself.
  synchronized void unwanted() {
    wanted = false;
  }

  /// Whether a run is the present one, and nobody has stopped it.
  synchronized boolean isWanted(HostedModule run) {
    return wanted && run.equals(hosted);
  }

  synchronized boolean isIn(HostedModule run, ModuleState expected) {
    return isWanted(run) && state == expected;
  }

  /// Remembers a run whose thread did not end.
  ///
  /// @return whether that is new
  synchronized boolean leaveBehind(HostedModule run) {
    return leftBehind.add(run);
  }

  /// Former runs whose threads have still not ended.
  synchronized List<HostedModule> leftBehind() {
    leftBehind.removeIf(run -> run.stack().isEmpty());
    return List.copyOf(leftBehind);
  }

  /// Changes the state.
  ///
  /// @return the state before
  synchronized ModuleState become(ModuleState newState, String newReason) {
    ModuleState before = state;
    state = newState;
    reason = newReason;
    since = Instant.now();
    sinceNanos = System.nanoTime();
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
    return new Status(
        name,
        bundle,
        state,
        since,
        Duration.ofNanos(System.nanoTime() - sinceNanos),
        reason,
        starts,
        counts.stream().mapToLong(InboxCounts::waiting).sum(),
        counts.stream().mapToLong(InboxCounts::missed).sum(),
        counts.stream().mapToLong(InboxCounts::overflow).sum(),
        lastFault);
  }
}
