package dev.sonde.supervisor;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at a folder whenever something in it changes, on a platform thread of its own. Sleeps for
/// ever while nothing changes; where the system can not tell of changes, looks once a second.
final class FolderWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
  private static final Duration FALLBACK_PERIOD = Duration.ofSeconds(1);

  private final Path folder;
  private final Look look;
  private final @Nullable WatchService watcher;
  private final Thread thread;

  /// Looks at the folder.
  @FunctionalInterface
  interface Look {
    /// Looks, and says when to look again even if nothing changes.
    ///
    /// @return zero for only when something changes
    Duration look();
  }

  FolderWatch(Path folder, Look look) {
    this.folder = folder;
    this.look = look;
    this.watcher = watcher(folder);
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("sonde-watch-" + folder.getFileName())
            .unstarted(this::run);
  }

  private static @Nullable WatchService watcher(Path folder) {
    try {
      WatchService service = folder.getFileSystem().newWatchService();
      folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
      return service;
    } catch (IOException e) {
      LOG.warn(
          "{} is looked at once a second, since changes are not told: {}", folder, e.toString());
      return null;
    }
  }

  /// Begins, with a first look.
  void start() {
    thread.start();
  }

  private void run() {
    Duration again = lookOnce();
    try {
      while (true) {
        await(again);
        again = lookOnce();
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      // Closed.
    }
  }

  private Duration lookOnce() {
    try {
      return look.look();
    } catch (RuntimeException | LinkageError e) {
      LOG.error("Looking at {} failed; it is tried again at the next change", folder, e);
      return Duration.ZERO;
    }
  }

  private void await(Duration again) throws InterruptedException {
    if (watcher == null) {
      Thread.sleep(FALLBACK_PERIOD);
      return;
    }
    WatchKey key =
        again.isZero() ? watcher.take() : watcher.poll(again.toMillis(), TimeUnit.MILLISECONDS);
    if (key != null) {
      key.pollEvents();
      if (!key.reset()) {
        LOG.warn("{} is gone; make it again and restart", folder);
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    if (watcher != null) {
      try {
        watcher.close();
      } catch (IOException e) {
        LOG.warn("The watch of {} could not be closed: {}", folder, e.toString());
      }
    }
    if (Thread.currentThread() != thread) {
      try {
        thread.join(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
