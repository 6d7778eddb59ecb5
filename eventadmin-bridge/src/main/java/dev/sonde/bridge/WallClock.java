package dev.sonde.bridge;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// The wall clock to the microsecond, at half the price of [Instant#now]: reckoned from the
/// monotonic clock, and set right by the wall clock every second, so that steps and slews of it are
/// followed.
final class WallClock {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private volatile Reading last = Reading.now();

  private record Reading(long nanos, long epochNanos) {
    static Reading now() {
      Instant now = Instant.now();
      return new Reading(System.nanoTime(), now.getEpochSecond() * 1_000_000_000L + now.getNano());
    }
  }

  long epochMicros() {
    Reading reading = last;
    long since = System.nanoTime() - reading.nanos;
    if (since >= SECOND) {
      reading = Reading.now();
      last = reading;
      since = 0;
    }
    return (reading.epochNanos + since) / 1_000;
  }
}
