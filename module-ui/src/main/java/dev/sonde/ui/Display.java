package dev.sonde.ui;

import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Draws the screen for those who watch it: soon after something changed, not more often than the
/// limit, and when what is shown is no longer true by the passing of time. While nobody watches, no
/// timer runs and nothing is drawn but what is asked for. Lives on the module's thread.
final class Display {

  private final ModuleContext context;
  private final Screen screen;
  private final InstantSource clock;
  private final List<Consumer<Frame>> watchers = new ArrayList<>();
  private Duration shortest = Duration.ofMillis(100);
  private Instant drawn = Instant.EPOCH;
  private Frame told = new Canvas().frame();
  private @Nullable Timer timer;

  Display(ModuleContext context, Screen screen, InstantSource clock) {
    this.context = context;
    this.screen = screen;
    this.clock = clock;
  }

  /// Limits how often is drawn.
  ///
  /// @param framesPerSecond at most
  void limit(int framesPerSecond) {
    shortest = Duration.ofSeconds(1).dividedBy(framesPerSecond);
  }

  /// Something changed that the screen may show.
  void changed() {
    screen.changed();
    schedule();
  }

  /// What the screen shows now.
  ///
  /// @return drawn anew only if something changed
  Frame frame() {
    return screen.frame(clock.instant());
  }

  /// Tells somebody of each new frame, the first at once.
  ///
  /// @param watcher called on the module's thread; must not wait
  void watch(Consumer<Frame> watcher) {
    Frame first = frame();
    if (watchers.isEmpty()) {
      told = first;
    }
    watchers.add(watcher);
    watcher.accept(first);
    schedule();
  }

  /// Tells it no more.
  ///
  /// @param watcher the same as before
  void leave(Consumer<Frame> watcher) {
    watchers.remove(watcher);
    schedule();
  }

  private void schedule() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (!watchers.isEmpty()) {
      timer = context.after(untilNext(), this::draw);
    }
  }

  private Duration untilNext() {
    Instant now = clock.instant();
    Instant allowed = drawn.plus(shortest);
    Instant due = screen.trueUntil().isAfter(allowed) ? screen.trueUntil() : allowed;
    Duration delay = Duration.between(now, due);
    boolean jumped = delay.compareTo(Duration.ofMinutes(1)) > 0;
    return delay.isNegative() ? Duration.ZERO : jumped ? shortest : delay;
  }

  private void draw() {
    timer = null;
    drawn = clock.instant();
    Frame next = frame();
    if (!next.equals(told)) {
      told = next;
      watchers.forEach(watcher -> watcher.accept(next));
    }
    schedule();
  }
}
