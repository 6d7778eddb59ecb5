package dev.sonde.ui;

import java.time.Instant;

/// How many packets each of the last seconds had. Remembers [#SECONDS] of them.
final class RateHistory {

  /// How far back it goes.
  static final int SECONDS = 64;

  /// Figures come once a second while they change. If none came for this long, nothing flows.
  private static final double SILENCE_SECONDS = 2;

  private static final double NANOS = 1e9;

  private final double[] counts = new double[SECONDS];
  private long newestSecond = Long.MIN_VALUE / 2;
  private Instant newest = Instant.MIN;

  /// Counts packets, spread evenly over the time in which they came.
  ///
  /// @param packets how many
  /// @param from since when; only the last two seconds before `to` are believed
  /// @param to until when
  void add(long packets, Instant from, Instant to) {
    double end = seconds(to);
    double start = Math.min(Math.max(seconds(from), end - SILENCE_SECONDS), end - 1e-6);
    forward((long) Math.floor(end));
    for (long second = (long) Math.floor(start); second <= (long) Math.floor(end); second++) {
      double share = Math.min(end, second + 1.0) - Math.max(start, (double) second);
      count(second, packets * share / (end - start));
    }
    newest = newest.isAfter(to) ? newest : to;
  }

  /// How many packets the last second had that is known.
  ///
  /// @param now the time
  /// @return packets a second; 0 once nothing came for two seconds
  long rate(Instant now) {
    if (seconds(now) - seconds(newest) >= SILENCE_SECONDS) {
      return 0;
    }
    double since = seconds(newest) - newestSecond;
    double packets = at(newestSecond) + ((1 - since) * at(newestSecond - 1));
    return Math.round(packets);
  }

  /// The packets of each second, oldest first; the last is the one that runs.
  ///
  /// @param now the time
  /// @return [#SECONDS] counts
  double[] until(Instant now) {
    double[] result = new double[SECONDS];
    long last = Math.max(now.getEpochSecond(), newestSecond);
    for (int i = 0; i < SECONDS; i++) {
      result[i] = at(last - SECONDS + 1 + i);
    }
    return result;
  }

  /// Whether any of the last seconds had packets.
  ///
  /// @param now the time
  /// @return false if all is quiet
  boolean isMoving(Instant now) {
    for (double count : until(now)) {
      if (count > 0) {
        return true;
      }
    }
    return false;
  }

  private void count(long second, double packets) {
    if (second > newestSecond - SECONDS) {
      counts[Math.floorMod(second, SECONDS)] += packets;
    }
  }

  private double at(long second) {
    boolean known = second <= newestSecond && second > newestSecond - SECONDS;
    return known ? counts[Math.floorMod(second, SECONDS)] : 0;
  }

  private void forward(long second) {
    if (second <= newestSecond - SECONDS) {
      startAgain();
    }
    long from = Math.max(newestSecond + 1, second - SECONDS + 1);
    for (long empty = from; empty <= second; empty++) {
      counts[Math.floorMod(empty, SECONDS)] = 0;
    }
    newestSecond = Math.max(newestSecond, second);
  }

  /// The wall clock was set back: what was counted under later times would hide what comes.
  private void startAgain() {
    newestSecond = Long.MIN_VALUE / 2;
    newest = Instant.MIN;
  }

  private static double seconds(Instant at) {
    return at.getEpochSecond() + (at.getNano() / NANOS);
  }
}
