package dev.sonde.event.network;

import dev.sonde.bus.Topic;

/// A file of a recording was begun.
///
/// @param source which capture is recorded
/// @param file the path of a pcapng file
@Topic("sonde/network/recording/STARTED")
public record RecordingStarted(String source, String file) implements RecordingEvent {}
