package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.event.network.NetworkAlert;
import dev.sonde.event.network.NetworkEvent;
import dev.sonde.event.network.RecordingStarted;
import dev.sonde.event.network.RecordingStopped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {

  private static final long SECOND = 1_000_000_000;
  private static final long BEGIN = 1_700_000_000 * SECOND;

  @TempDir Path folder;
  private final Statistics statistics = new Statistics("test");
  private final List<NetworkEvent> events = new ArrayList<>();

  @Test
  void shouldWriteWhatCanBeReadBack() throws Exception {
    Recorder recorder = recorder(plan(1 << 20, 1 << 30), new RecordingControl(true));
    for (SampleScript.Scene scene : SampleSource.scenes()) {
      recorder.frame(frame(BEGIN + scene.atMicros() * 1_000, scene.linkType(), scene.data()));
    }
    recorder.close();

    Path file = files().getFirst();
    Frame read = new Frame();
    try (CaptureFileSource source = CaptureFileSource.open(file.toString())) {
      for (SampleScript.Scene scene : SampleSource.scenes()) {
        assertThat(source.next(read)).isTrue();
        assertThat(read.copy(0, read.length())).isEqualTo(scene.data());
        assertThat(read.linkType()).isEqualTo(scene.linkType());
        assertThat(read.capturedNanos()).isEqualTo(BEGIN + scene.atMicros() * 1_000);
      }
      assertThat(source.next(read)).isFalse();
      assertThat(source.warning()).isEmpty();
    }
    assertThat(events)
        .containsExactly(
            new RecordingStarted("test", file.toString()),
            new RecordingStopped(
                "test", file.toString(), SampleSource.scenes().size(), Files.size(file)));
  }

  @Test
  void shouldWritePcapForEachLinkType() throws Exception {
    Recorder recorder =
        recorder(plan(RecordingFormat.PCAP, 1 << 20, 1 << 30), new RecordingControl(true));
    recorder.frame(frame(BEGIN + 7, LinkType.ETHERNET, new byte[] {1, 2, 3}));
    recorder.frame(frame(BEGIN + 8, LinkType.ETHERNET, new byte[9_000]));
    recorder.frame(frame(BEGIN + 9, LinkType.IEEE802_11_RADIOTAP, new byte[] {4}));
    recorder.close();

    assertThat(files()).hasSize(2).allMatch(file -> file.toString().endsWith(".pcap"));
    assertThat(timesIn(files().getFirst(), LinkType.ETHERNET)).containsExactly(7L, 8L);
    assertThat(timesIn(files().getLast(), LinkType.IEEE802_11_RADIOTAP)).containsExactly(9L);
    assertThat(events).contains(stopped(files().getFirst(), 2), stopped(files().getLast(), 1));
  }

  /// When the frames of a file were captured, in nanoseconds after [#BEGIN].
  private static List<Long> timesIn(Path file, int linkType) throws Exception {
    List<Long> times = new ArrayList<>();
    Frame read = new Frame();
    try (CaptureFileSource source = CaptureFileSource.open(file.toString())) {
      assertThat(source.linkType()).isEqualTo(linkType);
      while (source.next(read)) {
        times.add(read.capturedNanos() - BEGIN);
      }
    }
    return times;
  }

  private static RecordingStopped stopped(Path file, long packets) throws IOException {
    return new RecordingStopped("test", file.toString(), packets, Files.size(file));
  }

  @Test
  void shouldBeginAnotherFileAndDeleteTheOldest() throws Exception {
    Path others = Files.writeString(folder.resolve("capture-of-mine.pcapng"), "mine");
    Recorder recorder = recorder(plan(10_000, 40_000), new RecordingControl(true));
    for (int i = 0; i < 207; i++) {
      recorder.frame(frame(BEGIN + i, LinkType.ETHERNET, new byte[1_000]));
    }
    recorder.close();

    long total = 0;
    for (Path file : files()) {
      assertThat(Files.size(file)).isLessThanOrEqualTo(11_000);
      total += Files.size(file);
    }
    assertThat(total).isBetween(20_000L, 44_000L);
    assertThat(others).exists();
    assertThat(events.stream().filter(RecordingStopped.class::isInstance)).hasSizeGreaterThan(15);
  }

  @Test
  void shouldBeginAnotherFileAfterATime() throws Exception {
    Recorder recorder = recorder(plan(1 << 20, 1 << 30), new RecordingControl(true));
    recorder.frame(frame(BEGIN, LinkType.ETHERNET, new byte[60]));
    recorder.frame(frame(BEGIN + 3_600 * SECOND, LinkType.ETHERNET, new byte[60]));
    recorder.frame(frame(BEGIN + 3_601 * SECOND, LinkType.ETHERNET, new byte[60]));
    recorder.close();

    assertThat(files()).hasSize(2);
  }

  @Test
  void shouldHaveInTheFileWhatIsOlderThanASecond() throws Exception {
    Recorder recorder =
        recorder(plan(RecordingFormat.PCAP, 1 << 20, 1 << 30), new RecordingControl(true));
    recorder.frame(frame(BEGIN, LinkType.ETHERNET, new byte[60]));
    recorder.frame(frame(BEGIN + 2 * SECOND, LinkType.ETHERNET, new byte[60]));

    assertThat(timesIn(files().getFirst(), LinkType.ETHERNET)).containsExactly(0L, 2 * SECOND);
    recorder.close();
  }

  @Test
  void shouldRecordAWhileAroundATrigger() throws Exception {
    RecordingControl control = new RecordingControl(false);
    Recorder recorder = recorder(plan(1 << 20, 1 << 30), control);
    for (int second = 0; second < 100; second++) {
      if (second == 50) {
        control.trigger();
      }
      recorder.frame(frame(BEGIN + second * SECOND, LinkType.ETHERNET, new byte[60]));
    }
    assertThat(events)
        .as("as soon as it is over")
        .hasAtLeastOneElementOfType(RecordingStopped.class);
    recorder.close();

    assertThat(files()).hasSize(1);
    List<Long> seconds = new ArrayList<>();
    Frame read = new Frame();
    try (CaptureFileSource source = CaptureFileSource.open(files().getFirst().toString())) {
      while (source.next(read)) {
        seconds.add((read.capturedNanos() - BEGIN) / SECOND);
      }
    }
    assertThat(seconds).isSorted().hasSize(22).startsWith(39L).endsWith(60L);
  }

  @Test
  void shouldGoOnWithoutRecordingWhereItCanNotWrite() throws Exception {
    Path file = Files.writeString(folder.resolve("no-folder"), "");
    RecordingControl control = new RecordingControl(true);
    RecordingFolder none = new RecordingFolder(file, 1 << 20);
    RecordingPlan plan =
        new RecordingPlan(
            none, RecordingFormat.PCAPNG, 1_000, Duration.ofHours(1), Duration.ZERO, Duration.ZERO);
    Recorder recorder = recorder(plan, control);
    recorder.frame(frame(BEGIN, LinkType.ETHERNET, new byte[60]));
    recorder.frame(frame(BEGIN + 1, LinkType.ETHERNET, new byte[60]));
    recorder.close();

    assertThat(control.isOn()).isFalse();
    assertThat(statistics.get(Counter.DROPPED_BY_US)).isEqualTo(1);
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            NetworkAlert.class,
            alert -> {
              assertThat(alert.kind()).isEqualTo(NetworkAlert.Kind.RECORDING_FAILED);
              assertThat(alert.detail()).contains("network:capture start");
            });
  }

  @Test
  void shouldNotGoOnWithATriggerWhoseRecordingFailed() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("recordings"), "");
    RecordingControl control = new RecordingControl(false);
    RecordingFolder recordings = new RecordingFolder(inTheWay, 1 << 20);
    Duration after = Duration.ofSeconds(10);
    Recorder recorder =
        recorder(
            new RecordingPlan(
                recordings,
                RecordingFormat.PCAPNG,
                1_000,
                Duration.ofHours(1),
                Duration.ZERO,
                after),
            control);
    control.trigger();
    recorder.frame(frame(BEGIN, LinkType.ETHERNET, new byte[60]));
    Files.delete(inTheWay);
    recorder.frame(frame(BEGIN + SECOND, LinkType.ETHERNET, new byte[60]));
    recorder.close();

    assertThat(recordings.files()).isEmpty();
    assertThat(events).singleElement().isInstanceOf(NetworkAlert.class);
  }

  @Test
  void shouldGoOnWithoutRecordingWhereTheDiskIsFull() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder, 256)) {
      RecordingControl control = new RecordingControl(true);
      Recorder recorder = recorder(plan(1 << 20, 1 << 30), control);
      for (int i = 0; i < 1_000; i++) {
        recorder.frame(frame(BEGIN + i, LinkType.ETHERNET, new byte[1_000]));
      }
      recorder.close();

      assertThat(control.isOn()).isFalse();
      assertThat(disk.freeBytes()).isZero();
      assertThat(statistics.get(Counter.DROPPED_BY_US)).isEqualTo(1);
      assertThat(events).hasSize(2).first().isInstanceOf(RecordingStarted.class);
      assertThat(((NetworkAlert) events.getLast()).detail())
          .contains("No space left on device")
          .contains("network:capture start");
      assertThat(openFiles()).noneMatch(file -> file.startsWith(folder));
    }
  }

  private static List<Path> openFiles() throws IOException {
    List<Path> open = new ArrayList<>();
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      for (Path handle : handles.toList()) {
        try {
          open.add(Files.readSymbolicLink(handle));
        } catch (NoSuchFileException e) {
          // Closed meanwhile, by another thread.
        }
      }
    }
    return open;
  }

  @Test
  void shouldKeepARingWithinItsBytes() {
    FrameRing ring = new FrameRing(SECOND, 500);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 100; i++) {
        ring.keep(frame(BEGIN, LinkType.ETHERNET, new byte[100]));
      }
      int kept = 0;
      for (; !ring.isEmpty(); kept++) {
        assertThat(ring.take().length()).isEqualTo(100);
      }
      assertThat(kept).isEqualTo(5);
    }
  }

  private List<Path> files() throws IOException {
    return new RecordingFolder(folder, 0).files();
  }

  private RecordingPlan plan(long fileBytes, long keepBytes) {
    return plan(RecordingFormat.PCAPNG, fileBytes, keepBytes);
  }

  private RecordingPlan plan(RecordingFormat format, long fileBytes, long keepBytes) {
    return new RecordingPlan(
        new RecordingFolder(folder, keepBytes),
        format,
        fileBytes,
        Duration.ofHours(1).minusSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10));
  }

  private Recorder recorder(RecordingPlan plan, RecordingControl control) {
    return new Recorder(plan, control, new Findings("test", statistics, events::add, 16));
  }

  private static Frame frame(long nanos, int linkType, byte[] data) {
    Frame frame = new Frame();
    frame.over(data, 0, data.length);
    return frame.described(nanos, linkType, data.length);
  }
}
