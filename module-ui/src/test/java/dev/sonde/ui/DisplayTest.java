package dev.sonde.ui;

import static dev.sonde.ui.Samples.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DisplayTest {

  private final FakeContext fake =
      new FakeContext(Instant.parse("2026-11-20T12:34:10Z"), new Nothing());
  private final Names names = new Names();
  private final Screen screen = new Screen(List.of(new NamesView(names)), ZoneOffset.UTC);
  private final Display display = new Display(fake.context(), screen, fake);
  private final List<Frame> seen = new ArrayList<>();
  private final Consumer<Frame> watcher = seen::add;

  @Test
  void shouldSetNoTimerWhileNobodyWatches() {
    for (int i = 0; i < 100; i++) {
      hear("n" + i);
    }
    assertThat(fake.pendingTimers()).isZero();

    display.watch(watcher);
    assertThat(fake.pendingTimers()).isEqualTo(1);
    display.leave(watcher);
    assertThat(fake.pendingTimers()).isZero();
  }

  @Test
  void shouldShowAChangeAtMostTenTimesASecond() {
    display.watch(watcher);
    for (int i = 0; i < 1_000; i++) {
      hear("n" + i);
      fake.pass(Duration.ofMillis(1));
    }
    fake.pass(Duration.ofMillis(100));

    assertThat(seen).hasSizeBetween(10, 12);
    assertThat(seen.getLast()).isEqualTo(display.frame());
  }

  @Test
  void shouldShowAChangeAfterRestAtOnce() {
    display.watch(watcher);
    fake.pass(Duration.ofSeconds(5));
    hear("a.example");
    fake.pass(Duration.ofMillis(1));

    assertThat(seen).hasSize(2);
  }

  @Test
  void shouldWakeOnceAMinuteForTheClockAlone() {
    display.watch(watcher);
    fake.pass(Duration.ofMinutes(10));

    assertThat(seen).hasSize(11);
  }

  @Test
  void shouldTellNobodyOfAChangeThatDoesNotShow() {
    display.watch(watcher);
    for (int i = 0; i < 50; i++) {
      display.changed();
      fake.pass(Duration.ofMillis(200));
    }
    assertThat(seen).hasSize(1);
  }

  @Test
  void shouldKeepToTheConfiguredLimit() {
    display.limit(2);
    display.watch(watcher);
    for (int i = 0; i < 1_000; i++) {
      hear("n" + i);
      fake.pass(Duration.ofMillis(2));
    }
    assertThat(seen).hasSizeBetween(4, 6);
  }

  private void hear(String name) {
    names.hear(query(name, "A"));
    display.changed();
  }

  private record Nothing() {}
}
