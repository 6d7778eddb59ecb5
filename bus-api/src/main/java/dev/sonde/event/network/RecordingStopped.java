package dev.sonde.event.network;

import dev.sonde.bus.Topic;

/// A file of a recording is complete.
///
/// @param source which capture is recorded
/// @param file the path of a pcapng file
/// @param packets how many it holds
/// @param bytes how long it is
@Topic("sonde/network/recording/STOPPED")
public record RecordingStopped(String source, String file, long packets, long bytes)
    implements RecordingEvent {}
