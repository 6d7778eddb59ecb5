package dev.sonde.event.network;

import dev.sonde.bus.Topic;

/// A capture could not begin, or broke off.
///
/// @param source which
/// @param problem what is wrong
/// @param remedy what to do
@Topic(value = "sonde/network/capture/FAILED", key = "source", retained = true)
public record CaptureFailed(String source, String problem, String remedy) implements CaptureEvent {}
