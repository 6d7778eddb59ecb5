package dev.sonde.event.module;

import dev.sonde.bus.Topic;
import java.time.Duration;

/// A module computes, loops, or sits in a native call on its own thread, and does not come back; it
/// may have stopped listening to interrupts, too. The other modules go on. Published once until it
/// goes on. A module that merely waits for something takes nobody's place and is not told of here;
/// of an OSGi event handler that is no module, any call that does not return for long is.
///
/// @param name the module's name; for such a handler, its bundle's symbolic name and, behind `#`,
///     the id of its service
/// @param held for how long at least
/// @param where the innermost frame of its stack that is not the JDK's
@Topic("sonde/module/STUCK")
public record ModuleStuck(String name, Duration held, String where) implements ModuleEvent {}
