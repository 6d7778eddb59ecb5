package dev.sonde.launcher;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/// The wish to end the run. A service (`sonde.exit=true`) for the bundles; the first one's code is
/// the exit code.
final class ExitRequest implements IntConsumer {

  private final CompletableFuture<Integer> code = new CompletableFuture<>();

  @Override
  public void accept(int exitCode) {
    code.complete(exitCode);
  }

  boolean isAsked() {
    return code.isDone();
  }

  int await() {
    return code.join();
  }
}
