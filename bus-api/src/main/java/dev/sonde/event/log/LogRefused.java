package dev.sonde.event.log;

import dev.sonde.bus.Topic;

/// A file of the logger can not be written: the disk is full, read-only or gone. Events are counted
/// from now on, and writing is tried again. Told once, until [LogResumed].
///
/// @param file the file
/// @param reason what the system says
@Topic("sonde/alert/log/REFUSED")
public record LogRefused(String file, String reason) implements LogEvent {}
