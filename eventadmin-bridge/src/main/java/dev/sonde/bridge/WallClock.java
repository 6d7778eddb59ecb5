package dev.sonde.bridge;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// The wall clock to the microsecond, at half the price of [Instant#now]: reckoned from the
/// monotonic clock, and set right by the wall clock every second, so that steps and slews of it are
/// followed.
final class WallClock {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final InstantSource source;
  private volatile Reading last;

  WallClock(InstantSource source) {
    this.source = source;
    this.last = Reading.of(source);
  }

  private record Reading(long nanos, long epochNanos) {
    static Reading of(InstantSource source) {
      Instant now = source.instant();
      return new Reading(System.nanoTime(), now.getEpochSecond() * 1_000_000_000L + now.getNano());
    }
  }

  long epochMicros() {
    Reading reading = last;
    long since = System.nanoTime() - reading.nanos;
    if (since >= SECOND) {
      reading = Reading.of(source);
      last = reading;
      since = 0;
    }
    return (reading.epochNanos + since) / 1_000;
  }
}
