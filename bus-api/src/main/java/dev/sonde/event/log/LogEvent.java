package dev.sonde.event.log;

import dev.sonde.bus.Event;

/// What the logger tells: of its own work, which is little and never one event for each that is
/// logged, and what bundles log.
public sealed interface LogEvent extends Event
    permits LogLate, LogLine, LogRefused, LogResumed, ReplayStarted, ReplayEnded {}
