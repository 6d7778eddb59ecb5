package dev.sonde.event.log;

import dev.sonde.bus.Topic;
import java.time.Duration;

/// What the journal was to have on the disk within a bound came later: a loss of power would have
/// taken it. Told the first time, and then once a minute at most.
///
/// @param file the file
/// @param bound how long it may take from when the logger hears an event until it is synced
/// @param longest how long it took at worst since this was last told
/// @param count how many events came later than the bound since then
@Topic("sonde/alert/log/LATE")
public record LogLate(String file, Duration bound, Duration longest, long count)
    implements LogEvent {}
