package dev.sonde.event.module;

import dev.sonde.bus.Topic;

/// A module's subscription lost events: its inbox was full, an update left them incompatible, or
/// the module did not come back in the time for which they are kept. Published when the
/// subscription is told, at most once a second for each; what is told in between is in the one that
/// follows a second later. Not published for taps in the shell, which tell it to their user; all
/// that any subscription missed is in `bus:stats`. What expired in a module's absence is published
/// at the end of that time.
///
/// @param name the module's name
/// @param subscription the subscription's name
/// @param missed how many since the last such event
/// @param missedInAll how many since the subscription began, superseded and expired ones too
@Topic("sonde/module/EVENTS_MISSED")
public record EventsMissed(String name, String subscription, long missed, long missedInAll)
    implements ModuleEvent {}
