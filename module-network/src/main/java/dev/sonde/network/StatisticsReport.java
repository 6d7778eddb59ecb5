package dev.sonde.network;

import dev.sonde.bus.EventBus;
import dev.sonde.bus.Task;
import dev.sonde.event.network.CaptureStatistics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Publishes a capture's figures: one period after they began to change, and at the end.
///
/// A timer runs only after a frame, so a silent network wakes nobody. The timer runs on the
/// module's thread and frames come on the capture's, hence the lock; nothing follows the last
/// report.
final class StatisticsReport {

  private final Statistics statistics;
  private final EventBus bus;
  private final BiConsumer<Duration, Task> timer;
  private final Duration period;
  private final AtomicBoolean armed = new AtomicBoolean();
  private @Nullable CaptureStatistics last;
  private boolean finished;

  /// @param timer runs a task once after a delay; callable from any thread
  StatisticsReport(
      Statistics statistics, EventBus bus, BiConsumer<Duration, Task> timer, Duration period) {
    this.statistics = statistics;
    this.bus = bus;
    this.timer = timer;
    this.period = period;
  }

  /// To be called after each frame.
  void changed() {
    if (!armed.get() && armed.compareAndSet(false, true)) {
      timer.accept(period, this::due);
    }
  }

  private synchronized void due() {
    armed.set(false);
    if (!finished) {
      publish();
    }
  }

  /// Publishes the last figures, also if they are those of the report before.
  synchronized void finish() {
    finished = true;
    last = null;
    publish();
  }

  private void publish() {
    CaptureStatistics now = statistics.snapshot();
    if (!now.equals(last)) {
      last = now;
      bus.publish(now);
    }
  }
}
