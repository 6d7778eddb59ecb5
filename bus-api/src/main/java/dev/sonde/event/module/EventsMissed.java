package dev.sonde.event.module;

import dev.sonde.bus.Topic;

/// A subscription lost events because its inbox was full. Published when the subscription is told,
/// at most once a second for each.
///
/// @param name the module's name; for a plain OSGi handler, its bundle's symbolic name
/// @param subscription the subscription's name
/// @param missed how many since the last such event
/// @param missedInAll how many since the subscription began
@Topic("sonde/module/EVENTS_MISSED")
public record EventsMissed(String name, String subscription, long missed, long missedInAll)
    implements ModuleEvent {}
