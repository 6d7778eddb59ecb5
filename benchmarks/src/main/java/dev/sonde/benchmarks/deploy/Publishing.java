package dev.sonde.benchmarks.deploy;

import java.util.concurrent.locks.LockSupport;

/// Publishes 10,000 events a second, by absolute deadlines, numbered from 1.
final class Publishing implements AutoCloseable {

  private static final long PERIOD_NANOS = 100_000;

  private final Thread thread;
  private volatile boolean ended;
  private volatile long published;

  Publishing(Peer peer) {
    thread = Thread.ofPlatform().name("publisher").start(() -> run(peer));
  }

  /// A publisher that was held up by the machine goes on from there: it makes no burst that no
  /// source would have made.
  private void run(Peer peer) {
    long due = System.nanoTime();
    long number = 0;
    while (!ended) {
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      peer.publish(++number);
      published = number;
      due = Math.max(due, System.nanoTime() - BURST * PERIOD_NANOS) + PERIOD_NANOS;
    }
  }

  /// So many events are published late at once.
  private static final long BURST = 100;

  /// How many have been published.
  long published() {
    return published;
  }

  /// @return how many were published
  long end() {
    close();
    return published;
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
