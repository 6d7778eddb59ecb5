package dev.sonde.event.network;

import dev.sonde.bus.Topic;

/// An interface went down or disappeared while it was captured. The capture waits, and goes on by
/// itself when the interface returns: [CaptureResumed].
///
/// @param source which
/// @param problem what is wrong
/// @param remedy what to do
@Topic(value = "sonde/network/capture/INTERRUPTED", key = "source", retained = true)
public record CaptureInterrupted(String source, String problem, String remedy)
    implements CaptureEvent {}
