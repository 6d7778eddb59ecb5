package dev.sonde.event.log;

import dev.sonde.bus.Topic;

/// A file of the logger is written again, after [LogRefused].
///
/// @param file the file
/// @param missing how many events are missing from it
@Topic("sonde/alert/log/RESUMED")
public record LogResumed(String file, long missing) implements LogEvent {}
