package dev.sonde.event.log;

import dev.sonde.bus.Event;

/// What the logger tells of its own work. It is little, and never one event for each that is
/// logged.
public sealed interface LogEvent extends Event
    permits LogRefused, LogResumed, ReplayStarted, ReplayEnded {}
