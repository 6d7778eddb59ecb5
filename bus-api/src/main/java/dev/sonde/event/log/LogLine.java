package dev.sonde.event.log;

import dev.sonde.bus.Topic;
import dev.sonde.log.Severity;
import java.util.Optional;

/// A line that a bundle logged through the OSGi Log Service, SLF4J, `java.util.logging` or another
/// of the usual interfaces, or that the framework logged. Published by the logger while it runs; a
/// module that fails at such an event is counted, but that is neither logged nor published again.
///
/// @param bundle the bundle's symbolic name
/// @param logger the name of the logger that it used, often a class
/// @param severity how grave it is
/// @param message what was logged, of a very long one the beginning
/// @param stack the stack of what was thrown, of a very long one the beginning
@Topic("sonde/log/LINE")
public record LogLine(
    String bundle, String logger, Severity severity, String message, Optional<String> stack)
    implements LogEvent {}
