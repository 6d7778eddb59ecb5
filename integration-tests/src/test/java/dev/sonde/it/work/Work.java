package dev.sonde.it.work;

import dev.sonde.bus.Event;
import dev.sonde.bus.Topic;

/// Work for modules that fail.
@Topic("com/acme/WORK")
public record Work(int number) implements Event {}
