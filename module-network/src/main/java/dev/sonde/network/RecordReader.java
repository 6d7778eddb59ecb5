package dev.sonde.network;

import java.io.EOFException;
import java.io.IOException;

/// Reads the records of one capture format, one after the other.
interface RecordReader {

  /// The link type of the file's first interface, which a format may name only before its first
  /// frame; -1 until then.
  int linkType();

  /// Reads on to where the link type is known.
  ///
  /// @throws IOException as [#next]
  default void begin() throws IOException {}

  /// Reads the next frame.
  ///
  /// @param into is moved over the reader's buffer
  /// @return false where the file ends between two records
  /// @throws EOFException if the file ends within a record
  /// @throws MalformedCaptureException if a record can not be what it claims to be
  /// @throws IOException if reading fails
  boolean next(Frame into) throws IOException;
}
