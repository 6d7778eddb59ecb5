package dev.sonde.supervisor.shell;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// What goes back to the client of a command: frames of one byte for the kind, 32 bits (big-endian)
/// for the length, and the content. The frame with the exit code comes last. May be used from any
/// thread.
final class Frames {

  static final int EXIT = 0;
  static final int OUT = 1;
  static final int ERR = 2;

  private final DataOutputStream client;

  Frames(OutputStream client) {
    this.client = new DataOutputStream(client);
  }

  synchronized void send(int kind, byte[] bytes, int offset, int length) throws IOException {
    byte[] frame = new byte[length + 5];
    frame[0] = (byte) kind;
    frame[1] = (byte) (length >>> 24);
    frame[2] = (byte) (length >>> 16);
    frame[3] = (byte) (length >>> 8);
    frame[4] = (byte) length;
    System.arraycopy(bytes, offset, frame, 5, length);
    client.write(frame);
    client.flush();
  }

  void exit(int code) throws IOException {
    send(EXIT, new byte[] {0, 0, 0, (byte) code}, 0, 4);
  }

  /// A stream whose bytes travel as frames of one kind.
  OutputStream stream(int kind) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        send(kind, new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        send(kind, bytes, offset, length);
      }
    };
  }
}
