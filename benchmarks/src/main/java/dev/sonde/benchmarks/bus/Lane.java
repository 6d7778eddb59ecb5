package dev.sonde.benchmarks.bus;

import java.time.Duration;

/// One publisher's side of the closed loop: it has a share of the events that may be in flight, and
/// waits when it has used it until the slowest subscriber has received half of it.
final class Lane {

  /// How many publishers there may be: as many as the low bits of a value can name.
  static final int MAX = 4;

  private static final int SPINS = 100;

  // Where things stand in the padded state: publishers would else slow each other down.
  private static final int SENT = Padding.slot(0);
  private static final int SUM = SENT + 1;
  private static final int LIMIT = SENT + 2;

  private final long[] state = new long[Padding.slot(1)];
  private final int index;
  private final int share;
  private final Duration patience;
  private final Progress progress;

  /// How far the slowest subscriber is.
  @FunctionalInterface
  interface Progress {
    /// @return how many events of this lane have been received everywhere
    long received(int lane);
  }

  /// @param index which of the publishers it is, from 0
  /// @param share how many of its events may be in flight
  /// @param patience how long to wait while nothing is received
  /// @param progress how far the subscribers are
  Lane(int index, int share, Duration patience, Progress progress) {
    this.index = index;
    this.share = share;
    this.patience = patience;
    this.progress = progress;
    state[LIMIT] = share;
  }

  /// Which lane a value is of.
  static int indexOf(long value) {
    return (int) (value & (MAX - 1));
  }

  /// What a value carries beside that.
  static long contentOf(long value) {
    return value / MAX;
  }

  /// Waits for room.
  ///
  /// @return the value to publish next: its number, and whose it is
  /// @throws LostEventException if nothing is received any more
  long next() {
    return next(sent());
  }

  /// Waits for room.
  ///
  /// @param content what the value is to carry beside whose it is
  /// @return the value to publish next
  /// @throws LostEventException if nothing is received any more
  long next(long content) {
    awaitRoom();
    long value = content * MAX + index;
    state[SENT]++;
    state[SUM] += value;
    return value;
  }

  /// Waits for room, if there is none.
  void awaitRoom() {
    if (state[SENT] == state[LIMIT]) {
      state[LIMIT] = await(state[SENT] - share / 2) + share;
    }
  }

  /// Waits until everything has been received.
  void drain() {
    var _ = await(sent());
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
      } else if (System.nanoTime() - since > patience.toNanos()) {
        throw new LostEventException(
            "of %,d events of publisher %d, %,d came, and no more for %d s"
                .formatted(sent(), index, received, patience.toSeconds()));
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
    return state[SENT];
  }

  long sum() {
    return state[SUM];
  }
}
