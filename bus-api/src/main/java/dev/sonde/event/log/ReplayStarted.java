package dev.sonde.event.log;

import dev.sonde.bus.Topic;

/// Stored events are published again from now on, under their own types and topics. They are marked
/// by coming from the module that published this, with this event as their cause.
///
/// @param query which
@Topic("sonde/log/REPLAY_STARTED")
public record ReplayStarted(String query) implements LogEvent {}
