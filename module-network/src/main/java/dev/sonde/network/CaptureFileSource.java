package dev.sonde.network;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;

/// Replays a capture file or stream, pcap or pcapng, plain or gzip, without libpcap.
///
/// A file that ends within a record or has a broken one is read up to there: every whole frame
/// before it is delivered, then the file ends with a [#warning].
final class CaptureFileSource implements PacketSource {

  private static final int GZIP_MAGIC = 0x1F8B;
  private static final int GZIP_BUFFER_BYTES = 1 << 16;

  private final String path;
  private final InputStream in;
  private final RecordReader reader;
  private long frames;
  private boolean ended;
  private volatile boolean cancelled;
  private String warning = "";

  private CaptureFileSource(String path, InputStream in) throws IOException, CaptureException {
    this.path = path;
    this.in = in;
    this.reader = reader(path, new ByteReader(unpacked(in)));
    begin();
  }

  /// Opens a file or stream and reads its header.
  ///
  /// @param path as [CaptureStream#open] takes it
  /// @throws CaptureException if it is missing, unreadable, empty or no capture
  static CaptureFileSource open(String path) throws CaptureException {
    InputStream in = CaptureStream.open(path);
    try {
      return new CaptureFileSource(path, in);
    } catch (EOFException e) {
      CaptureStream.closeQuietly(in);
      throw new CaptureException(
          path + " ends within its header", "The file is damaged; capture or copy it again");
    } catch (IOException e) {
      CaptureStream.closeQuietly(in);
      throw CaptureStream.unreadable(path, e);
    } catch (CaptureException e) {
      CaptureStream.closeQuietly(in);
      throw e;
    }
  }

  @Override
  public int linkType() {
    return reader.linkType();
  }

  @Override
  public boolean next(Frame into) throws CaptureException {
    try {
      ended = ended || !reader.next(into);
      frames += ended ? 0 : 1;
    } catch (EOFException e) {
      endsEarly("ends within its record ");
    } catch (MalformedCaptureException e) {
      endsEarly(e.getMessage() + " in its record ");
    } catch (IOException e) {
      ended = true;
      if (!cancelled) {
        throw CaptureStream.unreadable(path, e);
      }
    }
    return !ended;
  }

  private void begin() throws IOException {
    try {
      reader.begin();
    } catch (EOFException e) {
      endsEarly("ends within its record ");
    } catch (MalformedCaptureException e) {
      endsEarly(e.getMessage() + " in its record ");
    }
  }

  private void endsEarly(String how) {
    ended = true;
    warning =
        "%s %s%d; the %d whole records before it were read"
            .formatted(path, how, frames + 1, frames);
  }

  @Override
  public String warning() {
    return warning;
  }

  /// Closing frees a read that waits, as at the end of a pipe: it is of an interruptible channel.
  @Override
  public void cancel() {
    cancelled = true;
    CaptureStream.closeQuietly(in);
  }

  @Override
  public void close() {
    CaptureStream.closeQuietly(in);
  }

  private static RecordReader reader(String path, ByteReader in)
      throws IOException, CaptureException {
    if (in.atEnd()) {
      throw new CaptureException(path + " is empty", "Give a capture file that holds packets");
    }
    in.need(Integer.BYTES);
    ByteBuffer start = in.buffer();
    int magic = start.getInt();
    if (PcapReader.isMagic(magic)) {
      return PcapReader.open(magic, in);
    }
    if (magic == PcapngReader.MAGIC) {
      return PcapngReader.open(in);
    }
    throw new CaptureException(
        path + " is not a capture file",
        "Give a pcap or pcapng file, plain or gzip, as tcpdump -w or Wireshark write them");
  }

  private static InputStream unpacked(InputStream in) throws IOException {
    BufferedInputStream start = new BufferedInputStream(in, GZIP_BUFFER_BYTES);
    start.mark(2);
    int magic = (start.read() << 8) | start.read();
    start.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(start, GZIP_BUFFER_BYTES) : start;
  }
}
