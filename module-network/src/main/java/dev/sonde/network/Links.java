package dev.sonde.network;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The states of the system's interfaces as [LinkWatch] sees them, for captures that wait for
/// theirs to return. Any thread.
final class Links {

  /// Of an interface.
  enum State {
    /// There is none of that name.
    MISSING,
    /// It is switched off.
    DOWN,
    /// It is switched on, with or without a cable.
    UP
  }

  private final Map<String, Consumer<State>> listeners = new HashMap<>();
  private @Nullable Map<String, State> states;
  private boolean watched;

  /// @param watched whether somebody will tell; if not, nobody waits
  Links(boolean watched) {
    this.watched = watched;
  }

  /// Tells the states of all interfaces that there are.
  void are(Map<String, State> now) {
    for (Runnable each : changed(now)) {
      each.run();
    }
  }

  /// Listeners are called outside the lock: they take their own.
  private synchronized Iterable<Runnable> changed(Map<String, State> now) {
    states = Map.copyOf(now);
    notifyAll();
    return listeners.entrySet().stream()
        .<Runnable>map(each -> () -> each.getValue().accept(state(each.getKey(), now)))
        .toList();
  }

  private static State state(String name, Map<String, State> states) {
    return states.getOrDefault(name, State.MISSING);
  }

  /// Nobody will tell any more, so nobody waits any longer.
  synchronized void unwatched() {
    watched = false;
    notifyAll();
  }

  /// Whether somebody tells, so that it makes sense to wait.
  synchronized boolean areWatched() {
    return watched;
  }

  /// Has each look at one interface told, changed or not, on the watch's thread.
  synchronized void listen(String name, Consumer<State> listener) {
    listeners.put(name, listener);
  }

  synchronized void forget(String name) {
    listeners.remove(name);
  }

  /// Waits until an interface is up.
  ///
  /// @param pause how long at least, so that a link that says it is up and can not be opened is not
  ///     tried without end
  /// @return false if nobody watches
  /// @throws InterruptedException if the capture is to end
  synchronized boolean awaitUp(String name, Duration pause) throws InterruptedException {
    long due = System.nanoTime() + pause.toNanos();
    while (watched && (!isUp(name) || System.nanoTime() < due)) {
      long left = isUp(name) ? (due - System.nanoTime()) / 1_000_000 + 1 : 0;
      wait(Math.max(left, 0));
    }
    return watched;
  }

  private boolean isUp(String name) {
    return states != null && state(name, states) == State.UP;
  }
}
