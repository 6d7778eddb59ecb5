package dev.sonde.event.module;

import dev.sonde.bus.Topic;

/// A module changed its state. The last one of each module is retained.
///
/// @param name the module's name
/// @param bundle symbolic name of its bundle
/// @param version version of its bundle
/// @param from the state before
/// @param to the state now
/// @param reason why, in words for the user; empty where the state says it all
@Topic(value = "sonde/module/STATE", key = "name", retained = true)
public record ModuleStateChanged(
    String name, String bundle, String version, ModuleState from, ModuleState to, String reason)
    implements ModuleEvent {}
