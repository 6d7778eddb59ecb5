package dev.sonde.bridge.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bridge.Bus;
import dev.sonde.bridge.Listening;
import dev.sonde.bridge.shell.BusFigures.Line;
import dev.sonde.bridge.shell.BusFigures.Taken;
import dev.sonde.bridge.shell.StatsTable.Order;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.spi.Colours;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What `bus:stats` counts, and how it shows that.
class BusStatsTest {

  private static final Line QUICK = line("ui", "screen", 1_234_567, 0, 0, 812.4, 40_000);
  private static final Line LOSING = line("logger", "everything", 90_000, 700, 512, 3, 12_000_000);
  private static final Line QUIET = line("network", "dev.sonde.event.network.Dns", 2, 0, 2, 0, 0);
  private static final Taken TAKEN =
      new Taken(
          2_000_000,
          900.04,
          Duration.ofSeconds(75),
          3,
          2,
          Map.of("valve", 5L),
          List.of(QUICK, LOSING, QUIET));

  private final AtomicLong nanos = new AtomicLong(-5);
  private final Bus bus = new Bus();
  private final BusFigures figures = new BusFigures(bus, nanos::get);

  private static Line line(
      String module, String name, long matched, long missed, long waiting, double rate, long slow) {
    InboxCounts counts =
        new InboxCounts(matched, matched - missed - waiting, waiting, 64, missed, 0, 0, 0, 1, 0);
    return new Line(module, name, 1024, counts, rate, Duration.ofNanos(slow));
  }

  private void publish(int events) {
    for (int i = 0; i < events; i++) {
      bus.publish("test", new PlainEvent("a/B", Map.of()), Envelope.NO_CAUSE);
    }
  }

  private void pass(long seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void shouldGiveRatesSinceTheStartAndThenSinceTheLastCall() {
    try (Listening all =
        Listening.open(bus, "tap", Subscription.of("all").topics("*"), (e, a) -> {})) {
      publish(100);
      pass(10);
      Taken first = figures.take();
      assertThat(first.published()).isEqualTo(100);
      assertThat(first.rate()).isEqualTo(10);
      assertThat(first.span()).isEqualTo(Duration.ofSeconds(10));
      assertThat(first.subscriptions()).singleElement().extracting(Line::rate).isEqualTo(10.0);
      publish(6);
      pass(2);
      Taken second = figures.take();
      assertThat(second.rate()).isEqualTo(3);
      assertThat(second.subscriptions()).singleElement().extracting(Line::rate).isEqualTo(3.0);
      assertThat(all.counts().matched()).isEqualTo(106);
      pass(1);
      assertThat(figures.take().rate()).isZero();
    }
  }

  @Test
  void shouldShowWhatWaitsAndWasMissed() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Subscription<dev.sonde.bus.Event> small = Subscription.of("small").topics("a/*").capacity(8);
    try (Listening _ =
        Listening.open(
            bus,
            "tap",
            small,
            (event, at) -> {
              entered.countDown();
              leave.await();
            })) {
      publish(1);
      entered.await();
      publish(2);
      Line two = figures.take().subscriptions().getFirst();
      assertThat(two.fillPercent()).isEqualTo(25);
      publish(16);
      Taken taken = figures.take();
      assertThat(taken.rings()).isEqualTo(1);
      assertThat(taken.openAsks()).isZero();
      Line line = taken.subscriptions().getFirst();
      assertThat(line.fillPercent()).isEqualTo(100);
      assertThat(line.counts().missed()).isEqualTo(10);
      leave.countDown();
    }
  }

  @Test
  void shouldShowATableThatFitsTheTerminal() {
    String table = StatsTable.text(TAKEN, Order.RATE, 0, Colours.NONE);
    assertThat(table.lines())
        .containsExactly(
            "subscription         matched  deliv.   wait fill  bytes missed  fail  ev/s  slow",
            "ui: screen              1.2M    1.2M      0   0%     64      0     1   812  40us",
            "logger: everything     90000   88788    512  50%     64    700     1   3.0  12ms",
            "network: Dns               2       0      2   0%     64      0     1   0.0     -",
            "refused, published by threads of ended runs: valve 5",
            "2.0M published, 900/s in the last 75s",
            "3 of 3 subscriptions, 2 rings, 3 open asks",
            "slow: the longest that a handler was seen to take, by a clock that is sampled");
    assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void shouldColourWhatSomebodyShouldLookAt() {
    Line full = line("screen", "all", 1_000, 0, 1_000, 0, 0);
    Taken taken =
        new Taken(
            1, 0, Duration.ofSeconds(1), 0, 1, Map.of("valve", 5L), List.of(QUICK, LOSING, full));
    String coloured = StatsTable.text(taken, Order.MISSED, 0, Colours.SHOWN);
    assertThat(coloured.lines())
        .anySatisfy(line -> assertThat(line).contains("logger").contains("[33m   700"))
        .anySatisfy(line -> assertThat(line).contains("ui: screen").doesNotContain("[33m"))
        .anySatisfy(line -> assertThat(line).contains("screen: all").contains("[33m 97%"))
        .anySatisfy(line -> assertThat(line).contains("[33mrefused"));
    assertThat(coloured).contains("[31m    1").startsWith("\u001b[1msubscription");
    assertThat(coloured.replaceAll("\u001b\\[[0-9]*m", ""))
        .as("colours take no room")
        .isEqualTo(StatsTable.text(taken, Order.MISSED, 0, Colours.NONE));
  }

  @Test
  void shouldShowColoursOnlyWhereAPersonLooks() {
    assertThat(Colours.of(Map.of(), true)).isEqualTo(Colours.SHOWN);
    assertThat(Colours.of(Map.of("NO_COLOR", ""), true)).isEqualTo(Colours.SHOWN);
    assertThat(Colours.of(Map.of("NO_COLOR", "1"), true)).isEqualTo(Colours.NONE);
    assertThat(Colours.of(Map.of("TERM", "dumb"), true)).isEqualTo(Colours.NONE);
    assertThat(Colours.of(Map.of(), false)).isEqualTo(Colours.NONE);
    assertThat(Colours.NONE.alarm("text")).isEqualTo("text");
    assertThat(Colours.SHOWN.alarm("")).isEmpty();
  }

  @Test
  void shouldPutFirstWhatIsAskedFor() {
    assertThat(Order.RATE.first(0, TAKEN.subscriptions())).containsExactly(QUICK, LOSING, QUIET);
    assertThat(Order.MISSED.first(0, TAKEN.subscriptions())).containsExactly(LOSING, QUIET, QUICK);
    assertThat(Order.WAITING.first(2, TAKEN.subscriptions())).containsExactly(LOSING, QUIET);
    assertThat(Order.BUSY.first(1, TAKEN.subscriptions())).containsExactly(LOSING);
    assertThat(StatsTable.text(TAKEN, Order.BUSY, 1, Colours.NONE))
        .contains("logger")
        .contains("1 of 3");
    assertThatThrownBy(() -> Order.of("size"))
        .hasMessage("--by is 'size'; there are rate, missed, waiting, busy");
  }

  @Test
  void shouldGiveExactFiguresAsJson() {
    Map<String, Object> values = StatsTable.values(TAKEN, Order.of("missed"), 1);
    assertThat(values).containsEntry("published", 2_000_000L).containsEntry("openAsks", 3);
    assertThat(values).containsEntry("refused", Map.of("valve", 5L));
    assertThat(values.get("subscriptions"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Map.class))
        .singleElement()
        .satisfies(
            line ->
                assertThat((Map<?, ?>) line)
                    .extracting("module", "matched", "missed", "capacity", "slowestSeconds")
                    .containsExactly("logger", 90_000L, 700L, 1024, 0.012));
  }

  @Test
  void shouldWriteNumbersShort() {
    assertThat(List.of(99_999L, 100_000L, 999_499L, 999_500L, 12_345_678L, Long.MAX_VALUE))
        .extracting(Figures::count)
        .containsExactly("99999", "100k", "999k", "1.0M", "12.3M", "9.2E");
    assertThat(List.of(0.0, 0.04, 99.94, 99.96, 123_456.7))
        .extracting(Figures::rate)
        .containsExactly("0.0", "0.0", "99.9", "100", "123k");
    assertThat(List.of(0L, 999_000L, 999_000_000L, 9_940_000_000L, 10_000_000_000L))
        .extracting(Duration::ofNanos)
        .extracting(Figures::time)
        .containsExactly("-", "999us", "999ms", "9.9s", "10s");
    assertThat(Figures.time(Duration.ofHours(3))).isEqualTo("3h");
  }
}
