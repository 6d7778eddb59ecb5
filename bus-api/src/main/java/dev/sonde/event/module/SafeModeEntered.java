package dev.sonde.event.module;

import dev.sonde.bus.Topic;

/// The device has started in safe mode, without `deploy/`, since several runs in a row broke off
/// soon after their start. Published when all modules have started.
///
/// @param brokenRuns how many
/// @param remedy what to do
@Topic(value = "sonde/module/SAFE_MODE", retained = true)
public record SafeModeEntered(int brokenRuns, String remedy) implements ModuleEvent {}
