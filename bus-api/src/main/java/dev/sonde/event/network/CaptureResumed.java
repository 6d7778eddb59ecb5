package dev.sonde.event.network;

import dev.sonde.bus.Topic;

/// The interface of a capture is back after [CaptureInterrupted]. Figures go on where they were.
///
/// @param source which
@Topic(value = "sonde/network/capture/RESUMED", key = "source", retained = true)
public record CaptureResumed(String source) implements CaptureEvent {}
