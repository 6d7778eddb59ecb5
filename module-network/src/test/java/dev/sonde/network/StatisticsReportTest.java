package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.Task;
import dev.sonde.event.network.CaptureStatistics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class StatisticsReportTest {

  private final RecordingBus bus = new RecordingBus(false);
  private final Deque<Task> timers = new ArrayDeque<>();
  private final Statistics statistics = new Statistics("test");
  private final StatisticsReport report =
      new StatisticsReport(
          statistics, bus, (delay, task) -> timers.add(task), Duration.ofSeconds(1));

  @Test
  void shouldPublishOncePerPeriodWhileFiguresChange() throws Exception {
    frame();
    frame();
    assertThat(timers).hasSize(1);
    assertThat(bus.events).isEmpty();

    timers.remove().run();
    assertThat(bus.last(CaptureStatistics.class).packets()).isEqualTo(2);

    frame();
    timers.remove().run();
    assertThat(bus.last(CaptureStatistics.class).packets()).isEqualTo(3);
  }

  @Test
  void shouldSetNoTimerWhileNothingChanges() throws Exception {
    frame();
    timers.remove().run();

    assertThat(timers).isEmpty();
  }

  @Test
  void shouldPublishTheLastFiguresAndNothingAfterThem() throws Exception {
    frame();
    report.finish();
    timers.remove().run();

    assertThat(bus.events).hasSize(1);
  }

  @Test
  void shouldPublishAtTheEndEvenIfNothingCame() {
    report.finish();

    assertThat(bus.last(CaptureStatistics.class).packets()).isZero();
  }

  private void frame() {
    statistics.frame(60);
    report.changed();
  }
}
