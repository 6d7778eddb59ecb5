package dev.sonde.event.module;

import dev.sonde.bus.Topic;

/// A jar in the deploy folder was refused.
///
/// @param file the file's name
/// @param problem what is wrong
/// @param remedy what to do
@Topic("sonde/deploy/REJECTED")
public record JarRejected(String file, String problem, String remedy) implements ModuleEvent {}
