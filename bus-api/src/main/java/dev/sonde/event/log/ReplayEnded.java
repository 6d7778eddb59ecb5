package dev.sonde.event.log;

import dev.sonde.bus.Topic;

/// The replay that [ReplayStarted] told of is over.
///
/// @param published how many events were published again
/// @param skipped how many were not: they fit their record no more, or are of topics that tell of
///     the device itself
@Topic("sonde/log/REPLAY_ENDED")
public record ReplayEnded(long published, long skipped) implements LogEvent {}
