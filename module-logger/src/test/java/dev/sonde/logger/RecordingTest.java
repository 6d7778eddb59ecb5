package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.Bytes;
import dev.sonde.bus.Subscription;
import dev.sonde.event.log.LogRefused;
import dev.sonde.event.module.ConfigurationRejected;
import dev.sonde.event.network.PacketCaptured;
import dev.sonde.log.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {

  private static final List<String> SILENT = List.of("*:off");

  @TempDir Path directory;
  private final FakeContext context = new FakeContext(config(SILENT, LoggerConfig.EXCEPT));
  private final LogLines lines = new LogLines((line, origin) -> {}, System::nanoTime);
  private Recording recording;

  @BeforeEach
  void begin() {
    recording = begun();
  }

  @AfterEach
  void end() {
    recording.end();
    lines.close();
  }

  @Test
  void shouldHearEverythingButRawPacketsAndTheWatchdog() {
    Subscription<?> everything = context.open.values().iterator().next();

    assertThat(context.open).hasSize(1);
    assertThat(everything.topics()).containsExactly("*");
    assertThat(everything.exceptions())
        .containsExactlyInAnyOrder(
            "sonde/network/PACKET", "sonde/module/BEAT", "org/osgi/service/log/*");
    assertThat(everything.isPacing()).isTrue();
  }

  @Test
  void shouldWriteSoonAndSleepWhileNothingHappens() throws Exception {
    assertThat(context.due).isEmpty();
    context.deliver(Samples.envelope(1, Samples.query("one")));
    context.deliver(Samples.envelope(2, Samples.query("two")));
    assertThat(context.due).hasSize(1);
    context.runDue();

    assertThat(lines()).hasSize(2);
    assertThat(context.due).isEmpty();
  }

  @Test
  void shouldHearPacketsOnceAskedAndLoseNothingOnTheWay() throws Exception {
    PacketCaptured packet = new PacketCaptured("sample", Samples.NOON, 1, 0, Bytes.EMPTY);
    context.deliver(Samples.envelope(1, packet));
    context.change(config(SILENT, ""));
    context.deliver(Samples.envelope(2, packet));
    context.change(config(SILENT, "sonde/network/*"));
    context.change(config(SILENT, ""));
    context.deliver(Samples.envelope(3, packet));
    context.runDue();

    assertThat(lines()).extracting(line -> line.substring(0, 1)).containsExactly("2", "3");
    assertThat(context.open).hasSize(1);
  }

  @Test
  void shouldKeepItsSubscriptionWhenOtherThingsChange() {
    context.change(config(List.of("*"), LoggerConfig.EXCEPT));

    assertThat(context.opened).hasSize(1);
  }

  @Test
  void shouldRejectNonsenseAndKeepTheLastGoodValue() throws Exception {
    context.change(config(List.of("*:loud"), "a//b"));
    context.runDue();

    assertThat(context.published)
        .extracting(event -> ((ConfigurationRejected) event).key())
        .containsExactly("console", "except");
    assertThat(context.opened).hasSize(1);
  }

  @Test
  void shouldGoOnWhereAnEarlierVersionStopped() throws Exception {
    context.change(config(SILENT, ""));
    context.deliver(Samples.envelope(1, Samples.query("one")));
    recording.end();
    String inbox = context.opened.getLast();
    context.opened.clear();
    context.open.clear();

    recording = begun();
    context.deliver(Samples.envelope(1, Samples.query("one, retained")));
    context.deliver(Samples.envelope(2, Samples.query("two")));
    recording.end();

    assertThat(context.opened).containsExactly(inbox);
    assertThat(lines()).hasSize(2).last().asString().endsWith("two}");
  }

  @Test
  void shouldRaiseAnAlertWhenTheDiskRefuses() throws Exception {
    Path full = Files.writeString(directory.resolve("full"), "no directory");
    FakeContext other = new FakeContext(context.config);
    Recording refused =
        new Recording(other, new LineCodec(), full, new Sinks(), lines, "run", false);
    refused.begin();
    other.deliver(Samples.envelope(1, Samples.query("one")));
    other.runDue();
    refused.end();

    assertThat(other.published)
        .singleElement()
        .isInstanceOfSatisfying(
            LogRefused.class,
            alert -> assertThat(alert.file()).isEqualTo(full.resolve("events.jsonl").toString()));
  }

  private Recording begun() {
    Recording begun =
        new Recording(context, new LineCodec(), directory, new Sinks(), lines, "run", false);
    begun.begin();
    return begun;
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(directory.resolve("events.jsonl"));
  }

  private static LoggerConfig config(List<String> console, String except) {
    return new LoggerConfig(
        console,
        List.of(except.split(", ")),
        0,
        ColorMode.NEVER,
        10,
        16,
        Duration.ZERO,
        9,
        16,
        List.of(),
        List.of(),
        Duration.ofDays(1),
        16,
        Severity.WARNING,
        "",
        List.of());
  }
}
