package dev.sonde.logger;

import dev.sonde.log.LogSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sends events to syslog. Where nobody listens any more, it keeps at the same event until somebody
/// does, with growing pauses; what its queue can not hold meanwhile is counted as lost.
final class SyslogSink implements LogSink, AutoCloseable {

  /// What fits into a datagram on any path of this machine; JSON that is longer is cut.
  static final int MAX_DATAGRAM_BYTES = 60_000;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final SyslogTarget target;
  private final SyslogFormat format;
  private final DiskListener listener;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable SelectableChannel channel;

  // Of the sending thread:
  private Duration pause = FIRST_PAUSE;
  private boolean refused;

  /// @param listener is told on the sending thread
  SyslogSink(SyslogTarget target, SyslogFormat format, DiskListener listener) {
    this.target = target;
    this.format = format;
    this.listener = listener;
  }

  @Override
  public void write(Entry entry) throws IOException, InterruptedException {
    byte[] message = format.message(entry);
    while (!isSent(message)) {
      if (closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException("nobody listens");
      }
      pause =
          pause.compareTo(LONGEST_PAUSE.dividedBy(2)) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }
  }

  private boolean isSent(byte[] message) {
    try {
      send(message);
      pause = FIRST_PAUSE;
      if (refused) {
        refused = false;
        listener.note("Syslog listens again at " + target.address());
      }
      return true;
    } catch (IOException problem) {
      hangUp();
      if (!refused && closing.getCount() > 0) {
        refused = true;
        listener.note(
            "Syslog does not listen at "
                + target.address()
                + " ("
                + LogFile.reason(problem)
                + "); it is tried again, and what can not wait is counted");
      }
      return false;
    }
  }

  private void send(byte[] message) throws IOException {
    switch (ready()) {
      case DatagramChannel datagrams -> {
        int bytes = Math.min(message.length, MAX_DATAGRAM_BYTES);
        datagrams.send(ByteBuffer.wrap(message, 0, bytes), target.address());
      }
      case ByteChannel stream -> {
        writeAll(stream, (message.length + " ").getBytes(StandardCharsets.US_ASCII));
        writeAll(stream, message);
      }
      default -> throw new IllegalStateException("Neither datagrams nor a stream");
    }
  }

  private static void writeAll(ByteChannel stream, byte[] bytes) throws IOException {
    ByteBuffer data = ByteBuffer.wrap(bytes);
    while (data.hasRemaining()) {
      stream.write(data);
    }
  }

  private SelectableChannel ready() throws IOException {
    SelectableChannel open = channel;
    if (open instanceof SocketChannel stream && isHungUp(stream)) {
      hangUp();
      open = null;
    }
    if (open == null) {
      open = target.open();
      channel = open;
    }
    return open;
  }

  /// A stream takes the first message after its other end is gone, and loses it; so look before.
  /// Syslog never answers.
  private static boolean isHungUp(SocketChannel stream) throws IOException {
    stream.configureBlocking(false);
    try {
      return stream.read(ByteBuffer.allocate(1)) < 0;
    } finally {
      stream.configureBlocking(true);
    }
  }

  private void hangUp() {
    SelectableChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException problem) {
        listener.note("Syslog was not closed properly (" + LogFile.reason(problem) + ")");
      }
    }
  }

  /// What waits is tried once more, without pauses.
  void beginClosing() {
    closing.countDown();
  }

  /// Ends also a message that hangs.
  @Override
  public void close() {
    beginClosing();
    hangUp();
  }
}
