package dev.sonde.network;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A long capture made of short ones: their frames one file after the other, then all again, with
/// times that go on.
public final class BenchmarkedTraffic {

  private static final long BEGIN_NANOS = 1_700_000_000_000_000_000L;
  private static final long BETWEEN_FILES_NANOS = 1_000_000;

  private final List<Frame> frames = new ArrayList<>();
  private long spanNanos;

  private BenchmarkedTraffic() {}

  /// Reads all captures of Ethernet frames in a folder.
  ///
  /// @throws IllegalArgumentException if there are none
  public static BenchmarkedTraffic of(Path folder) throws Exception {
    BenchmarkedTraffic traffic = new BenchmarkedTraffic();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(BenchmarkedTraffic::isCapture).sorted().toList()) {
        traffic.add(file);
      }
    }
    if (traffic.frames.isEmpty()) {
      throw new IllegalArgumentException("There is no capture of Ethernet frames in " + folder);
    }
    return traffic;
  }

  private static boolean isCapture(Path file) {
    return file.toString().matches(".*\\.(p?cap|pcapng)");
  }

  private void add(Path file) throws CaptureException {
    long shift = Long.MIN_VALUE;
    Frame frame = new Frame();
    try (CaptureFileSource source = CaptureFileSource.open(file.toString())) {
      while (source.next(frame) && frame.linkType() == LinkType.ETHERNET) {
        shift = shift == Long.MIN_VALUE ? spanNanos - frame.capturedNanos() : shift;
        add(frame, Math.max(spanNanos, frame.capturedNanos() + shift));
      }
    }
    spanNanos += BETWEEN_FILES_NANOS;
  }

  private void add(Frame frame, long atNanos) {
    Frame copy = new Frame();
    copy.over(frame.copy(0, frame.length()), 0, frame.length());
    frames.add(copy.described(atNanos, frame.linkType(), frame.originalLengthBytes()));
    spanNanos = atNanos;
  }

  /// How many frames there are before they repeat.
  public int frames() {
    return frames.size();
  }

  /// Writes them as pcap, again and again.
  ///
  /// @param count how many frames
  public void write(Path file, long count) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        PcapWriter writer = new PcapWriter(out, LinkType.ETHERNET)) {
      for (long number = 0; number < count; number++) {
        Frame frame = frames.get((int) (number % frames.size()));
        long passed = number / frames.size() * spanNanos;
        Frame later = new Frame();
        later.over(frame, 0, frame.length());
        writer.write(
            later.described(
                BEGIN_NANOS + passed + frame.capturedNanos(),
                frame.linkType(),
                frame.originalLengthBytes()));
      }
    }
  }
}
