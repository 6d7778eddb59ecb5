package dev.sonde.network;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Replays a capture file, pcap or pcapng, without libpcap.
///
/// A file that ends within a record or has a broken one is read up to there: every whole frame
/// before it is delivered, then the file ends with a [#warning].
final class CaptureFileSource implements PacketSource {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int GZIP_MAGIC = 0x1F8B_0000;

  private final String path;
  private final InputStream in;
  private final RecordReader reader;
  private @Nullable Frame ahead;
  private long frames;
  private String warning = "";

  private CaptureFileSource(String path, InputStream in) throws IOException, CaptureException {
    this.path = path;
    this.in = in;
    this.reader = reader(path, new ByteReader(in));
    this.ahead = read();
  }

  /// Opens a file and reads its first frame.
  ///
  /// @throws CaptureException if it is missing, unreadable, empty or no capture
  static CaptureFileSource open(String path) throws CaptureException {
    InputStream in = stream(path);
    try {
      return new CaptureFileSource(path, in);
    } catch (EOFException e) {
      closeQuietly(in);
      throw endsWithinHeader(path);
    } catch (IOException e) {
      closeQuietly(in);
      throw unreadable(path, e);
    } catch (CaptureException e) {
      closeQuietly(in);
      throw e;
    }
  }

  @Override
  public int linkType() {
    return reader.linkType();
  }

  @Override
  public @Nullable Frame next() throws CaptureException {
    Frame frame = ahead;
    try {
      ahead = frame == null ? null : read();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    return frame;
  }

  private @Nullable Frame read() throws IOException {
    try {
      Frame frame = reader.next();
      frames += frame == null ? 0 : 1;
      return frame;
    } catch (EOFException e) {
      warning = path + " ends within its record " + (frames + 1) + told();
    } catch (MalformedCaptureException e) {
      warning = path + " " + e.getMessage() + " in its record " + (frames + 1) + told();
    }
    return null;
  }

  private String told() {
    return "; the " + frames + " whole records before it were read";
  }

  @Override
  public String warning() {
    return ahead == null ? warning : "";
  }

  @Override
  public void close() {
    closeQuietly(in);
  }

  private static RecordReader reader(String path, ByteReader in)
      throws IOException, CaptureException {
    if (in.atEnd()) {
      throw new CaptureException(path + " is empty", "Give a capture file that holds packets");
    }
    int magic = in.read(4).getInt();
    if (PcapReader.isMagic(magic)) {
      return PcapReader.open(magic, in);
    }
    if (magic == PcapngReader.MAGIC) {
      return PcapngReader.open(in);
    }
    throw notACapture(path, magic);
  }

  private static CaptureException notACapture(String path, int magic) {
    return (magic & 0xFFFF_0000) == GZIP_MAGIC
        ? new CaptureException(path + " is compressed", "Unpack it first: gunzip -k " + path)
        : new CaptureException(
            path + " is not a capture file",
            "Give a pcap or pcapng file, as tcpdump -w or Wireshark write them");
  }

  private static InputStream stream(String path) throws CaptureException {
    try {
      Path file = Path.of(path);
      if (Files.isDirectory(file)) {
        throw new CaptureException(path + " is a folder", "Give a capture file");
      }
      return new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new CaptureException(
          "There is no file " + path,
          "Check the name; a relative one starts at " + Path.of("").toAbsolutePath());
    } catch (AccessDeniedException e) {
      throw new CaptureException(
          "The file " + path + " may not be read", "Allow it: chmod +r " + path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static CaptureException endsWithinHeader(String path) {
    return new CaptureException(
        path + " ends within its header", "The file is damaged; capture or copy it again");
  }

  private static CaptureException unreadable(String path, IOException e) {
    return new CaptureException(
        path + " can not be read: " + e.getMessage(), "Check the file and the disk it is on");
  }

  private static void closeQuietly(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // a file that was only read loses nothing
    }
  }
}
