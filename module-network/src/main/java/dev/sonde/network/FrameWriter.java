package dev.sonde.network;

import java.io.IOException;

/// Writes frames to a file of some format.
interface FrameWriter extends AutoCloseable {

  /// Whether a file of this format can hold the frame beside those that it has.
  boolean takes(Frame frame);

  void write(Frame frame) throws IOException;

  /// How long the file is, with what is not flushed yet.
  long bytes();

  long packets();

  void flush() throws IOException;

  @Override
  void close() throws IOException;
}
