package dev.sonde.event.network;

import dev.sonde.bus.Topic;

/// A capture could not begin, or broke off. Where only its interface is missing or down, it begins
/// all the same once that has come: [CaptureStarted].
///
/// @param source which
/// @param problem what is wrong
/// @param remedy what to do
@Topic(value = "sonde/network/capture/FAILED", key = "source", retained = true)
public record CaptureFailed(String source, String problem, String remedy) implements CaptureEvent {}
