package dev.sonde.event.module;

import dev.sonde.bus.Event;

/// What happens to modules.
public sealed interface ModuleEvent extends Event
    permits ModuleStateChanged,
        HandlerFailed,
        ForkFailed,
        EventsMissed,
        ModuleStuck,
        ConfigurationRejected,
        JarAccepted,
        JarRejected,
        SafeModeEntered {}
