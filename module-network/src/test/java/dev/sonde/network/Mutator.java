package dev.sonde.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Changes packets at random as attackers do by intent: flipped bits, lengths that lie, parts cut
/// off, doubled, or taken from another packet, headers of other link types. The same seed makes the
/// same packets.
final class Mutator {

  private static final int MOST_BYTES = 4_096;
  private static final int[] TELLING = {0, 1, 4, 0x7F, 0x80, 0xC0, 0xFE, 0xFF};
  private static final int[] LINK_TYPES = {0, 1, 9, 101, 105, 113, 119, 127, 192, 228, 229, 276};

  private final SplittableRandom random;
  private final List<Packet> corpus;
  private final byte[] data = new byte[MOST_BYTES];
  private int length;
  private int linkType;

  /// @param corpus from which packets are taken; not empty
  Mutator(long seed, List<Packet> corpus) {
    this.random = new SplittableRandom(seed);
    this.corpus = corpus;
  }

  /// The sample, and all captures where there are any.
  static List<Packet> corpus() throws IOException, CaptureException {
    List<Packet> packets = new ArrayList<>();
    SampleSource.scenes().forEach(each -> packets.add(new Packet(each.linkType(), each.data())));
    String folder = System.getenv("SONDE_CAPTURES");
    if (folder == null || !Files.isDirectory(Path.of(folder))) {
      System.out.println("Only the sample is mutated: SONDE_CAPTURES names no folder of captures");
      return packets;
    }
    for (Path file : Captures.files(Path.of(folder))) {
      read(file, packets);
    }
    return packets;
  }

  private static void read(Path file, List<Packet> packets) throws CaptureException {
    Frame frame = new Frame();
    try (CaptureFileSource source = CaptureFileSource.open(file.toString())) {
      while (source.next(frame)) {
        int length = Math.min(frame.length(), MOST_BYTES);
        packets.add(new Packet(frame.linkType(), frame.copy(0, length)));
      }
    }
  }

  int corpusSize() {
    return corpus.size();
  }

  int linkType() {
    return linkType;
  }

  /// The packet, good until the next one is made.
  byte[] data() {
    return data;
  }

  int length() {
    return length;
  }

  /// Makes the next packet.
  void mutate() {
    take(any());
    for (int change = random.nextInt(6); change >= 0; change--) {
      switch (random.nextInt(8)) {
        case 0 -> cut();
        case 1 -> grow();
        case 2 -> splice();
        case 3 -> linkType = LINK_TYPES[random.nextInt(LINK_TYPES.length)];
        case 4 -> number();
        default -> octet();
      }
    }
  }

  private Packet any() {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private void take(Packet packet) {
    linkType = packet.linkType;
    length = packet.data.length;
    System.arraycopy(packet.data, 0, data, 0, length);
  }

  private void cut() {
    length = random.nextInt(length + 1);
  }

  /// Doubles a part of the packet at its end.
  private void grow() {
    int from = random.nextInt(length + 1);
    int count = Math.min(length - from, MOST_BYTES - length);
    System.arraycopy(data, from, data, length, count);
    length += count;
  }

  /// Puts the end of another packet behind the begin of this one.
  private void splice() {
    Packet other = any();
    int at = random.nextInt(length + 1);
    int count = Math.min(Math.max(0, other.data.length - at), MOST_BYTES - at);
    System.arraycopy(other.data, Math.min(at, other.data.length), data, at, count);
    length = at + count;
  }

  private void number() {
    if (length >= 2) {
      int at = random.nextInt(length - 1);
      data[at] = (byte) telling();
      data[at + 1] = (byte) telling();
    }
  }

  private void octet() {
    if (length > 0) {
      // mostly where headers are
      int at = random.nextInt(random.nextBoolean() ? Math.min(length, 128) : length);
      data[at] = (byte) (random.nextBoolean() ? telling() : data[at] ^ (1 << random.nextInt(8)));
    }
  }

  private int telling() {
    return TELLING[random.nextInt(TELLING.length)];
  }

  /// A packet of the corpus, never changed.
  static final class Packet {

    private final int linkType;
    private final byte[] data;

    Packet(int linkType, byte[] data) {
      this.linkType = linkType;
      this.data = data;
    }
  }
}
