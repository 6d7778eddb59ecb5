package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkedTrafficTest {

  @TempDir Path folder;

  @Test
  void shouldRepeatFramesWithTimesThatGoOn() throws Exception {
    write("a.pcap", LinkType.ETHERNET, 50, 40);
    write("b.pcap", LinkType.ETHERNET, 10);
    write("c.pcap", LinkType.RAW, 10);
    Path file = folder.resolve("traffic");
    BenchmarkedTraffic traffic = BenchmarkedTraffic.of(folder);
    traffic.write(file, 8);

    assertThat(traffic.frames()).isEqualTo(3);
    List<Long> times = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    Frame frame = new Frame();
    try (CaptureFileSource source = CaptureFileSource.open(file.toString())) {
      while (source.next(frame)) {
        times.add(frame.capturedNanos());
        lengths.add(frame.length());
      }
    }
    assertThat(times).isSorted();
    assertThat(lengths).containsExactly(50, 40, 10, 50, 40, 10, 50, 40);
  }

  @Test
  void shouldCountEveryPacketAndEventOfAReplay() throws Exception {
    write("a.pcap", LinkType.ETHERNET, 60, 60, 60);
    Map<String, String> settings = Map.of("source", "pcap:" + folder.resolve("a.pcap"));

    BenchmarkedCapture.Result result = new BenchmarkedCapture(settings, true).begin().ended();

    assertThat(result.packets()).isEqualTo(3);
    assertThat(result.missed()).isZero();
    assertThat(result.events()).isPositive();
    assertThat(result.quietPackets()).isLessThan(result.packets());
  }

  @Test
  void shouldSayWhyACaptureDoesNotBegin() {
    Map<String, String> settings = Map.of("source", "pcap:" + folder.resolve("missing.pcap"));

    assertThatThrownBy(() -> new BenchmarkedCapture(settings, false).begin())
        .hasMessageContaining("There is no file");
  }

  @Test
  void shouldSayThatThereIsNothingToSend() {
    assertThatThrownBy(() -> BenchmarkedTraffic.of(folder)).hasMessageContaining("no capture");
  }

  private void write(String name, int linkType, int... lengths) throws Exception {
    try (PcapWriter writer =
        new PcapWriter(Files.newOutputStream(folder.resolve(name)), linkType)) {
      Frame frame = new Frame();
      long nanos = 1_000_000_000L;
      for (int length : lengths) {
        frame.over(new byte[length], 0, length);
        writer.write(frame.described(nanos++, linkType, length));
      }
    }
  }
}
