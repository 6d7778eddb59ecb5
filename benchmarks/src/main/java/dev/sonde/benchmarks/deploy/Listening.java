package dev.sonde.benchmarks.deploy;

import com.acme.swapped.SwappedBundle;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// What the versions of the swapped bundle tell: when they started, handled their first event and
/// their last one, and whether every event came once and in order.
final class Listening implements BiConsumer<String, long[]> {

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

  /// What a version has told, in nanoseconds of the clock.
  private static final class Version {
    private long started;
    private long first;
    private long last;
  }

  private final Map<String, Version> versions = new HashMap<>();
  private long highest;
  private long handled;
  private long repeated;
  private long told;

  static Listening open() {
    Listening listening = new Listening();
    System.getProperties().put(SwappedBundle.LISTENER, listening);
    return listening;
  }

  @Override
  public synchronized void accept(String name, long[] figures) {
    long number = figures[0];
    long nanos = figures[1];
    if (number < 0) {
      told -= number;
      return;
    }
    Version version = versions.computeIfAbsent(name, same -> new Version());
    if (number == 0) {
      version.started = nanos;
      notifyAll();
      return;
    }
    if (version.first == 0) {
      version.first = nanos;
      notifyAll();
    }
    version.last = nanos;
    if (number > highest) {
      highest = number;
      handled++;
    } else {
      repeated++;
    }
  }

  synchronized long handled() {
    return handled;
  }

  /// Handled twice, or after a later one.
  synchronized long repeated() {
    return repeated;
  }

  /// So many events the versions were told that they missed.
  synchronized long told() {
    return told;
  }

  /// Waits until a version has started.
  ///
  /// @return when that was
  synchronized long awaitStart(String version) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (of(version).started == 0) {
      wait(millisUntil(end, version));
    }
    return of(version).started;
  }

  /// Waits until a version has handled its first event.
  ///
  /// @return when that was
  synchronized long awaitFirst(String version) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (of(version).first == 0) {
      wait(millisUntil(end, version));
    }
    return of(version).first;
  }

  /// When a version handled its last event.
  synchronized long last(String version) {
    return of(version).last;
  }

  private Version of(String version) {
    return versions.computeIfAbsent(version, same -> new Version());
  }

  private static long millisUntil(long end, String version) {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw new IllegalStateException("Version " + version + " was never seen");
    }
    return 1 + TimeUnit.NANOSECONDS.toMillis(left);
  }
}
