package dev.sonde.event.network;

import dev.sonde.bus.Topic;

/// A capture ended as it should. Its last [CaptureStatistics] came before.
///
/// @param source which
/// @param packets how many it delivered
/// @param atEnd true if the source has no more, false if it was stopped
/// @param warning what the user should know, such as a file that ends within a record; may be empty
@Topic(value = "sonde/network/capture/STOPPED", key = "source", retained = true)
public record CaptureStopped(String source, long packets, boolean atEnd, String warning)
    implements CaptureEvent {}
