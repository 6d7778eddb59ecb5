package dev.sonde.logger;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Compresses rotated files on a thread that lives only while there is something to do.
final class Archive implements AutoCloseable {

  private final List<RotatedFiles> all;
  private final Consumer<String> notes;
  private @Nullable Thread thread;
  private boolean wanted;
  private volatile boolean closed;

  /// @param notes told, on the archive's thread, what went wrong
  Archive(List<RotatedFiles> all, Consumer<String> notes) {
    this.all = all;
    this.notes = notes;
  }

  /// Compresses soon what is there now.
  synchronized void request() {
    wanted = true;
    if (thread == null && !closed) {
      thread = Thread.ofPlatform().daemon().name("sonde-logger-archive").start(this::run);
    }
  }

  private void run() {
    while (isWanted()) {
      all.forEach(this::compress);
    }
  }

  private void compress(RotatedFiles files) {
    try {
      files.compress(() -> closed);
    } catch (IOException problem) {
      notes.accept("Files in " + files.directory() + " are not compressed: " + problem);
    }
  }

  private synchronized boolean isWanted() {
    boolean more = wanted && !closed;
    wanted = false;
    if (!more) {
      thread = null;
    }
    return more;
  }

  /// Gives up what is not finished; it is done after the next start.
  @Override
  public void close() {
    closed = true;
    Thread running = running();
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized @Nullable Thread running() {
    return thread;
  }
}
