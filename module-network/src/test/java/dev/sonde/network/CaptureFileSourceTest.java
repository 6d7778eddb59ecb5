package dev.sonde.network;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sonde.event.network.CaptureStarted;
import dev.sonde.event.network.CaptureStopped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureFileSourceTest {

  private static final byte[] FIRST = {1, 2, 3};
  private static final byte[] SECOND = {4, 5, 6, 7, 8};

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldReadBothByteOrders(boolean bigEndian) throws Exception {
    List<Read> frames = read(pcap(bigEndian ? BIG_ENDIAN : LITTLE_ENDIAN));

    assertThat(frames).extracting(Read::data).containsExactly(FIRST, SECOND);
    assertThat(frames.getFirst().captured()).isEqualTo(Instant.ofEpochSecond(100, 250_000));
    assertThat(frames.getFirst().linkType()).isEqualTo(LinkType.ETHERNET);
  }

  @Test
  void shouldReadNanoseconds() throws Exception {
    byte[] file =
        CaptureBytes.pcap(LITTLE_ENDIAN, PcapReader.MAGIC_NANOSECONDS, 127)
            .record(100, 250, FIRST)
            .done();

    List<Read> frames = read(file);

    assertThat(frames.getFirst().captured()).isEqualTo(Instant.ofEpochSecond(100, 250));
    assertThat(frames.getFirst().linkType()).isEqualTo(127);
  }

  @Test
  void shouldReadLinkTypeWithoutTheBitsAboutChecksums() throws Exception {
    byte[] file = CaptureBytes.pcap(BIG_ENDIAN, 0x2400_0001).record(1, 1, FIRST).done();

    assertThat(read(file).getFirst().linkType()).isEqualTo(LinkType.ETHERNET);
  }

  @Test
  void shouldReadTimesThatNoClockHas() throws Exception {
    byte[] file = CaptureBytes.pcap(BIG_ENDIAN, 1).record(0xFFFF_FFFFL, 0xFFFF_FFFFL, FIRST).done();

    assertThat(read(file).getFirst().captured())
        .isEqualTo(Instant.ofEpochSecond(0xFFFF_FFFFL, 0xFFFF_FFFFL * 1000));
  }

  @Test
  void shouldNotBelieveAnOriginalLengthBelowTheCaptured() throws Exception {
    byte[] file = CaptureBytes.pcap(BIG_ENDIAN, 1).u32(1, 1, FIRST.length, -1).bytes(FIRST).done();

    assertThat(read(file).getFirst().originalLengthBytes()).isEqualTo(FIRST.length);
  }

  @Test
  void shouldReadAllWholeRecordsOfATruncatedFile() throws Exception {
    byte[] whole = pcap(BIG_ENDIAN);
    int secondAt = whole.length - SECOND.length - 16;
    for (int length = secondAt + 1; length < whole.length; length++) {
      try (CaptureFileSource source = open(Arrays.copyOf(whole, length))) {
        assertThat(drain(source)).extracting(Read::data).containsExactly(FIRST);
        assertThat(source.warning())
            .contains("ends within its record 2")
            .contains("the 1 whole records before it were read");
      }
    }
  }

  @Test
  void shouldEndAtAFrameOfAbsurdLength() throws Exception {
    for (long length : new long[] {ByteReader.LONGEST_FRAME_BYTES + 1L, 0x8000_0000L, -1}) {
      byte[] file =
          CaptureBytes.pcap(BIG_ENDIAN, 1).record(1, 1, FIRST).u32(1, 1, length, length).done();
      try (CaptureFileSource source = open(file)) {
        assertThat(drain(source)).hasSize(1);
        assertThat(source.warning()).contains("claims a frame of").contains("record 2");
      }
    }
  }

  @Test
  void shouldNotWarnBeforeTheLastWholeRecordIsOut() throws Exception {
    byte[] whole = pcap(BIG_ENDIAN);
    try (CaptureFileSource source = open(Arrays.copyOf(whole, whole.length - 1))) {
      assertThat(source.warning()).isEmpty();
    }
  }

  @Test
  void shouldReadWhatIsPackedWithGzip() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(pcap(LITTLE_ENDIAN));
    }
    byte[] file = packed.toByteArray();

    assertThat(read(file)).extracting(Read::data).containsExactly(FIRST, SECOND);
    try (CaptureFileSource source = open(Arrays.copyOf(file, file.length - 12))) {
      drain(source);
      assertThat(source.warning()).contains("ends within its record");
    }
  }

  @Test
  void shouldReadFromAPipeAsItIsWritten() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    byte[] file = pcap(BIG_ENDIAN);
    try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
      Future<OutputStream> written =
          writer.submit(
              () -> {
                OutputStream out = Files.newOutputStream(pipe);
                out.write(file, 0, file.length - SECOND.length);
                out.flush();
                return out;
              });
      try (CaptureFileSource source = CaptureFileSource.open(pipe.toString())) {
        Frame frame = new Frame();
        assertThat(source.next(frame)).isTrue();
        assertThat(frame.copy(0, frame.length())).isEqualTo(FIRST);
        try (OutputStream out = written.get()) {
          out.write(SECOND);
        }
        assertThat(drain(source)).extracting(Read::data).containsExactly(SECOND);
        assertThat(source.warning()).isEmpty();
      }
    }
  }

  @Test
  void shouldLeaveAPipeThatStaysSilentWhenCancelled() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    RecordingBus bus = new RecordingBus(false);
    Capture capture = Captures.of(Captures.config("pcap:" + pipe, "", "max"), bus);
    Thread thread = Thread.ofPlatform().start(capture::run);
    try (OutputStream out = Files.newOutputStream(pipe)) {
      out.write(CaptureBytes.pcap(BIG_ENDIAN, 1).record(1, 1, FIRST).done());
      out.flush();
      bus.await(CaptureStarted.class::isInstance);
      capture.cancel();
      assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    }
    assertThat(bus.last(CaptureStopped.class).atEnd()).isFalse();
  }

  @Test
  void shouldNotWaitForEverAtAPipeThatNobodyWritesTo() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    RecordingBus bus = new RecordingBus(false);
    Capture capture = Captures.of(Captures.config("pcap:" + pipe, "", "max"), bus);
    Thread thread = Thread.ofPlatform().start(capture::run);
    while (!isOpening(thread)) {
      Thread.onSpinWait();
    }
    capture.cancel();

    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
  }

  private static boolean isOpening(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().startsWith("open0"));
  }

  @Test
  void shouldReadAFileWithoutRecords() throws Exception {
    assertThat(read(CaptureBytes.pcap(BIG_ENDIAN, 1).done())).isEmpty();
  }

  @Test
  void shouldReadSeveralInterfacesOfPcapng() throws Exception {
    byte[] nanoseconds = {0, 9, 0, 1, 9, 0, 0, 0, 0, 0, 0, 0};
    byte[] file =
        CaptureBytes.pcapng(BIG_ENDIAN)
            .interfaceDescription(1)
            .interfaceDescription(127, nanoseconds)
            .u32(0x0BAD, 16, 0, 16)
            .enhancedPacket(1, 5_000_000_250L, FIRST)
            .enhancedPacket(0, 7_000_000L, SECOND)
            .done();

    List<Read> frames = read(file);

    assertThat(frames).extracting(Read::linkType).containsExactly(127, 1);
    assertThat(frames).extracting(Read::data).containsExactly(FIRST, SECOND);
    assertThat(frames)
        .extracting(Read::captured)
        .containsExactly(Instant.ofEpochSecond(5, 250), Instant.ofEpochSecond(7));
  }

  @Test
  void shouldReadSectionsOfBothByteOrders() throws Exception {
    byte[] first =
        CaptureBytes.pcapng(LITTLE_ENDIAN)
            .interfaceDescription(1)
            .enhancedPacket(0, 1, FIRST)
            .done();
    byte[] second =
        CaptureBytes.pcapng(BIG_ENDIAN)
            .interfaceDescription(105)
            .enhancedPacket(0, 1, SECOND)
            .done();

    List<Read> frames = read(new CaptureBytes(BIG_ENDIAN).bytes(first).bytes(second).done());

    assertThat(frames).extracting(Read::linkType).containsExactly(1, 105);
  }

  @Test
  void shouldReadSimplePackets() throws Exception {
    byte[] file =
        CaptureBytes.pcapng(LITTLE_ENDIAN)
            .interfaceDescription(1)
            .u32(3, 20, 3)
            .bytes((byte) 1, (byte) 2, (byte) 3, (byte) 0)
            .u32(20)
            .done();

    assertThat(read(file)).extracting(Read::data).containsExactly(FIRST);
  }

  @Test
  void shouldSurviveAbsurdTimesOfPcapng() throws Exception {
    for (int resolution : new int[] {0, 18, 19, 127, 128, 190, 191, 255}) {
      byte[] option = {
        0, 9, 0, 1, (byte) resolution, 0, 0, 0, 0, 14, 0, 8, 127, -1, -1, -1, -1, -1, -1, -1
      };
      byte[] file =
          CaptureBytes.pcapng(BIG_ENDIAN)
              .interfaceDescription(1, option)
              .enhancedPacket(0, -1, FIRST)
              .done();
      assertThat(read(file)).hasSize(1);
    }
  }

  @Test
  void shouldEndAtABrokenBlock() throws Exception {
    CaptureBytes[] broken = {
      start().u32(6, 11),
      start().u32(6, 13),
      start().u32(6, 0x7FFF_FFFC),
      start().u32(6, 16, 0, 16),
      start().enhancedPacket(7, 1, SECOND),
      start().u32(6, 32, 0, 0, 0, 99, 99, 32),
      start().u32(1, 12, 12),
      start().u32(PcapngReader.MAGIC, 28, 0x12345678),
    };
    for (CaptureBytes file : broken) {
      try (CaptureFileSource source = open(file.done())) {
        assertThat(drain(source)).hasSize(1);
        assertThat(source.warning()).contains("record 2");
      }
    }
  }

  private static CaptureBytes start() {
    return CaptureBytes.pcapng(BIG_ENDIAN).interfaceDescription(1).enhancedPacket(0, 1, FIRST);
  }

  @Test
  void shouldSurviveEveryTruncationOfPcapng() throws Exception {
    byte[] whole = start().enhancedPacket(0, 2, SECOND).done();
    for (int length = 28; length < whole.length; length++) {
      try (CaptureFileSource source = open(Arrays.copyOf(whole, length))) {
        assertThat(drain(source).size()).isLessThan(2);
      }
    }
  }

  @Test
  void shouldSayWhatIsWrongWithAFile() throws Exception {
    assertThat(problem("nowhere.pcap")).startsWith("There is no file").contains("nowhere.pcap");
    assertThat(problem(".")).contains("is a folder");
    assertThat(problemOf(new byte[0])).contains("is empty");
    assertThat(problemOf("once upon a time, there was".getBytes(StandardCharsets.UTF_8)))
        .contains("is not a capture file");
    assertThat(problemOf(new byte[] {1, 2})).contains("ends within its header");
    assertThat(problemOf(Arrays.copyOf(pcap(BIG_ENDIAN), 20))).contains("ends within its header");
    assertThat(problem("a\0b")).contains("There is no file");
  }

  private String problem(String name) {
    CaptureException thrown =
        catchThrowableOfType(
            CaptureException.class, () -> CaptureFileSource.open(folder + "/" + name));
    assertThat(thrown.remedy()).isNotBlank();
    return thrown.problem();
  }

  private String problemOf(byte[] content) throws IOException {
    Files.write(folder.resolve("file.pcap"), content);
    return problem("file.pcap");
  }

  private static byte[] pcap(ByteOrder order) {
    return CaptureBytes.pcap(order, 1).record(100, 250, FIRST).record(101, 0, SECOND).done();
  }

  /// A frame, kept beyond the next one.
  @SuppressWarnings("ArrayRecordComponent")
  private record Read(Instant captured, int linkType, int originalLengthBytes, byte[] data) {}

  private CaptureFileSource open(byte[] content) throws IOException, CaptureException {
    Path file = folder.resolve("file.pcap");
    Files.write(file, content);
    return CaptureFileSource.open(file.toString());
  }

  private List<Read> read(byte[] content) throws IOException, CaptureException {
    try (CaptureFileSource source = open(content)) {
      List<Read> frames = drain(source);
      assertThat(source.warning()).isEmpty();
      return frames;
    }
  }

  private static List<Read> drain(CaptureFileSource source) throws CaptureException {
    List<Read> frames = new ArrayList<>();
    Frame frame = new Frame();
    while (source.next(frame)) {
      frames.add(
          new Read(
              frame.captured(),
              frame.linkType(),
              frame.originalLengthBytes(),
              frame.copy(0, frame.length())));
    }
    return frames;
  }
}
