package dev.sonde.event.module;

import dev.sonde.bus.Topic;

/// A value in a configuration file does not fit; the last good one stays.
///
/// @param name the module's name
/// @param file the file
/// @param line its line, from 1, or 0 if unknown
/// @param key the key
/// @param problem what is wrong and what would be right
@Topic("sonde/module/CONFIGURATION_REJECTED")
public record ConfigurationRejected(String name, String file, int line, String key, String problem)
    implements ModuleEvent {}
