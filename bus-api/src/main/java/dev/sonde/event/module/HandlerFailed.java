package dev.sonde.event.module;

import dev.sonde.bus.Topic;

/// A handler, lag listener, timer, task, or callback of an answer threw; its module goes on. A
/// failure while handling an event of this type is counted and logged, but not published again.
///
/// @param name the module's name
/// @param what the subscription's name, `timer`, `task`, `answer` or `configuration`
/// @param sequence the event that was being handled, 0 for none
/// @param error class and message of what was thrown
/// @param where the innermost frame of its stack that is not Java's own, or else of all
@Topic("sonde/module/HANDLER_FAILED")
public record HandlerFailed(String name, String what, long sequence, String error, String where)
    implements ModuleEvent {}
