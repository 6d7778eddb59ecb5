package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;

/// Files stand for interfaces: libpcap reads both through a handle, and files need no privilege.
class LibpcapReaderTest {

  private static final byte[] SHORT = {1, 2, 3, 4};
  private static final byte[] LONG = new byte[65_000];

  @TempDir Path folder;

  @Test
  void shouldReadFrameAfterFrameToTheEnd() throws Exception {
    byte[] file =
        CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, LinkType.ETHERNET)
            .record(1_700_000_000, 999_999, LONG)
            .u32(1_700_000_001, 5, SHORT.length, 1_500)
            .bytes(SHORT)
            .done();
    try (PcapHandle handle = open(file, TimestampPrecision.MICRO);
        LibpcapReader reader = new LibpcapReader(handle)) {
      Frame frame = new Frame();
      assertThat(reader.next(frame)).isEqualTo(LibpcapReader.FRAME);
      assertThat(frame.copy(0, frame.length())).isEqualTo(LONG);
      assertThat(frame.capturedNanos()).isEqualTo(1_700_000_000_999_999_000L);
      assertThat(frame.linkType()).isEqualTo(LinkType.ETHERNET);

      assertThat(reader.next(frame)).isEqualTo(LibpcapReader.FRAME);
      assertThat(frame.copy(0, frame.length())).isEqualTo(SHORT);
      assertThat(frame.originalLengthBytes()).isEqualTo(1_500);

      assertThat(reader.next(frame)).isEqualTo(LibpcapReader.END);
    }
  }

  @Test
  void shouldReadNanosecondsWhereTheHandleHasThem() throws Exception {
    byte[] file =
        CaptureBytes.pcap(ByteOrder.BIG_ENDIAN, PcapReader.MAGIC_NANOSECONDS, LinkType.RAW)
            .record(1, 123_456_789, SHORT)
            .done();
    try (PcapHandle handle = open(file, TimestampPrecision.NANO);
        LibpcapReader reader = new LibpcapReader(handle)) {
      Frame frame = new Frame();
      assertThat(reader.linkType()).isEqualTo(LinkType.RAW);
      assertThat(reader.next(frame)).isEqualTo(LibpcapReader.FRAME);
      assertThat(frame.capturedNanos()).isEqualTo(1_123_456_789L);
    }
  }

  @Test
  void shouldTellAnErrorFromTheEnd() throws Exception {
    byte[] file =
        CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, LinkType.ETHERNET).u32(1, 0, 60, 60).done();
    try (PcapHandle handle = open(file, TimestampPrecision.MICRO);
        LibpcapReader reader = new LibpcapReader(handle)) {
      assertThat(reader.next(new Frame())).isNegative().isNotEqualTo(LibpcapReader.END);
      assertThat(handle.getError()).contains("truncated");
    }
  }

  @Test
  void shouldReadOnlyWhatTheFilterLetsThrough() throws Exception {
    byte[] file =
        CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, LinkType.ETHERNET)
            .record(1, 0, LONG)
            .record(2, 0, SHORT)
            .done();
    try (PcapHandle handle = open(file, TimestampPrecision.MICRO);
        LibpcapReader reader = new LibpcapReader(handle)) {
      handle.setFilter("less 100", BpfCompileMode.OPTIMIZE);
      Frame frame = new Frame();
      assertThat(reader.next(frame)).isEqualTo(LibpcapReader.FRAME);
      assertThat(frame.length()).isEqualTo(SHORT.length);
      assertThat(reader.next(frame)).isEqualTo(LibpcapReader.END);
    }
  }

  @Test
  void shouldReadNothingAnyMoreOnceClosed() throws Exception {
    byte[] file =
        CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, LinkType.ETHERNET).record(1, 0, SHORT).done();
    try (PcapHandle handle = open(file, TimestampPrecision.MICRO)) {
      LibpcapReader reader = new LibpcapReader(handle);
      reader.close();
      assertThatThrownBy(() -> reader.next(new Frame())).isInstanceOf(IllegalStateException.class);
    }
  }

  private PcapHandle open(byte[] file, TimestampPrecision precision)
      throws IOException, PcapNativeException {
    Path path = Files.write(folder.resolve("frames.pcap"), file);
    try {
      return Pcaps.openOffline(path.toString(), precision);
    } catch (LinkageError e) {
      String reason = "Skipped: " + Libpcap.missing(e).problem();
      System.out.println(reason);
      return abort(reason);
    }
  }
}
