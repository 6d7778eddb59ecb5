package dev.sonde.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/// Lines from a file or a pipe.
final class PlainPrompt implements Prompt {

  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));

  @Override
  public @Nullable String read() throws IOException {
    return in.readLine();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
