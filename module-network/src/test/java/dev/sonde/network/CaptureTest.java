package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.Event;
import dev.sonde.event.network.CaptureFailed;
import dev.sonde.event.network.CaptureStarted;
import dev.sonde.event.network.CaptureStatistics;
import dev.sonde.event.network.CaptureStopped;
import dev.sonde.event.network.PacketCaptured;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {

  @TempDir Path folder;

  @Test
  void shouldTellItsBeginFiguresAndEndInThisOrder() {
    List<Event> events = Captures.run(Captures.config("sample", "", "max")).events;

    int count = events.size();
    assertThat(events.getFirst()).isInstanceOf(CaptureStarted.class);
    assertThat(events.get(count - 2)).isInstanceOf(CaptureStatistics.class);
    assertThat(events.get(count - 1))
        .isEqualTo(new CaptureStopped("sample", SampleSource.scenes().size(), true, ""));
  }

  @Test
  void shouldPublishPacketsOnlyWhileTheyAreWanted() {
    assertThat(sample(new RecordingBus(false)).all(PacketCaptured.class)).isEmpty();

    RecordingBus wanting = sample(new RecordingBus(true));
    assertThat(wanting.all(PacketCaptured.class)).hasSize(SampleSource.scenes().size());
    assertThat(wanting.all(PacketCaptured.class).getFirst().data().length()).isPositive();
  }

  @Test
  void shouldWaitForSlowSubscribersAgainAndAgain() {
    RecordingBus bus = sample(new RecordingBus(false));

    assertThat(bus.waits).hasValue(SampleSource.scenes().size() / 16);
  }

  private static RecordingBus sample(RecordingBus bus) {
    Captures.of(Captures.config("sample", "", "max"), bus).run();
    return bus;
  }

  @Test
  void shouldDeliverWholeRecordsOfATruncatedFileAndWarn() throws Exception {
    byte[] whole =
        CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, 1)
            .record(1, 0, new byte[60])
            .record(2, 0, new byte[60])
            .done();
    Path file = folder.resolve("short.pcap");
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));

    RecordingBus bus = Captures.replay(file);

    assertThat(bus.last(CaptureStatistics.class).packets()).isEqualTo(1);
    assertThat(bus.last(CaptureStopped.class).atEnd()).isTrue();
    assertThat(bus.last(CaptureStopped.class).warning()).contains("ends within its record 2");
  }

  @Test
  void shouldSayWhatToDoAboutAFileThatIsMissing() {
    RecordingBus bus = Captures.replay(folder.resolve("missing.pcap"));

    assertThat(bus.events).hasSize(1);
    assertThat(bus.last(CaptureFailed.class).problem()).contains("missing.pcap");
    assertThat(bus.last(CaptureFailed.class).remedy()).isNotBlank();
  }

  @Test
  void shouldEndWhenCancelledWhileItWaits() throws Exception {
    RecordingBus bus = new RecordingBus(true);
    Capture capture = Captures.of(Captures.config("sample", "", "0.0001"), bus);
    Thread thread = Thread.ofPlatform().start(capture::run);
    bus.await(PacketCaptured.class::isInstance);
    capture.cancel();

    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    assertThat(bus.last(CaptureStopped.class).atEnd()).isFalse();
    assertThat(bus.events.get(bus.events.size() - 2)).isInstanceOf(CaptureStatistics.class);
  }

  @Test
  void shouldDeliverNothingIfCancelledBeforeItBegan() {
    RecordingBus bus = new RecordingBus(true);
    Capture capture = Captures.of(Captures.config("sample", "", "max"), bus);
    capture.cancel();
    capture.run();

    assertThat(bus.last(CaptureStopped.class))
        .isEqualTo(new CaptureStopped("sample", 0, false, ""));
  }

  @Test
  void shouldStartTheSampleOverUntilCancelled() throws Exception {
    NetworkConfig once = Captures.config("sample", "", "max");
    NetworkConfig again =
        new NetworkConfig(
            "sample",
            "",
            65_535,
            true,
            "max",
            true,
            once.statisticsPeriod(),
            once.stateRows(),
            once.lostAfter(),
            once.record(),
            once.recordFormat(),
            once.recordFileMegabytes(),
            once.recordFileTime(),
            once.recordKeepMegabytes(),
            once.recordBefore(),
            once.recordAfter(),
            once.monitor(),
            once.bufferMegabytes(),
            once.sendOn(),
            once.sendPerSecond());
    RecordingBus bus = new RecordingBus(false);
    Capture capture = Captures.of(again, bus);
    Thread thread = Thread.ofPlatform().start(capture::run);
    Statistics heard = null;
    while (heard == null || heard.get(Counter.PACKETS) < 3L * SampleSource.scenes().size()) {
      heard = capture.statistics();
      Thread.onSpinWait();
    }
    capture.cancel();

    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
  }
}
