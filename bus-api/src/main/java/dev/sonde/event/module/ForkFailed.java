package dev.sonde.event.module;

import dev.sonde.bus.Topic;

/// A fork ended by throwing, without being cancelled; its module is started again after a pause.
///
/// @param name the module's name
/// @param fork the fork's name
/// @param error class and message of what was thrown
@Topic("sonde/module/FORK_FAILED")
public record ForkFailed(String name, String fork, String error) implements ModuleEvent {}
