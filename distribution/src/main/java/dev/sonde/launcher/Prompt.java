package dev.sonde.launcher;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Where lines come from that somebody types.
interface Prompt extends AutoCloseable {

  /// The next line, or null at the end.
  @Nullable String read() throws IOException;

  @Override
  void close() throws IOException;
}
