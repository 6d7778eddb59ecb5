package dev.sonde.benchmarks.bus;

import java.util.concurrent.TimeUnit;

/// One publisher's side of the closed loop: it has a share of the events that may be in flight, and
/// waits when it has used it until the slowest subscriber has received half of it.
final class Lane {

  /// How many publishers there may be: as many as the low bits of a value can name.
  static final int MAX = 4;

  private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int SPINS = 100;

  private final int index;
  private final int share;
  private final Progress progress;
  private long sent;
  private long sum;
  private long limit;

  /// How far the slowest subscriber is.
  @FunctionalInterface
  interface Progress {
    /// @return how many events of this lane have been received everywhere
    long received(int lane);
  }

  Lane(int index, int share, Progress progress) {
    this.index = index;
    this.share = share;
    this.progress = progress;
    this.limit = share;
  }

  /// Which lane a value is of.
  static int indexOf(long value) {
    return (int) (value & (MAX - 1));
  }

  /// Waits for room.
  ///
  /// @return the value to publish next
  /// @throws LostEventException if nothing was received for ten seconds
  long next() {
    if (sent == limit) {
      limit = await(sent - share / 2) + share;
    }
    long value = sent * MAX + index;
    sent++;
    sum += value;
    return value;
  }

  /// Waits until everything has been received.
  void drain() {
    var _ = await(sent);
  }

  @SuppressWarnings("ThreadPriorityCheck") // The others need this processor.
  private long await(long target) {
    long received = progress.received(index);
    long since = System.nanoTime();
    for (int spins = 0; received < target; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
      long now = progress.received(index);
      if (now != received) {
        received = now;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > STALLED_NANOS) {
        throw new LostEventException(
            "of %,d events of publisher %d, %,d came, and no more for 10 s"
                .formatted(sent, index, received));
      }
    }
    return received;
  }

  int share() {
    return share;
  }

  int index() {
    return index;
  }

  long sent() {
    return sent;
  }

  long sum() {
    return sum;
  }
}
