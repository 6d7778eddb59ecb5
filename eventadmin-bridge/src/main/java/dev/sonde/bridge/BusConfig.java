package dev.sonde.bridge;

import dev.sonde.bus.Setting;
import java.time.Duration;

/// What an operator can set of the bus, in `conf/bus.cfg`.
///
/// @param keepInboxes how long [Grace] waits
/// @param handlerInbox how many events may wait for each plain handler
/// @param sendDeadline how long `EventAdmin.sendEvent` waits, and after how long a plain handler
///     that has not returned is told of
/// @param consolidate whether [Consolidation] may be tried
public record BusConfig(
    @Setting(
            value = "10m",
            min = 1_000,
            max = 604_800_000,
            help = "how long the inboxes of a module that is updated or restarted wait for it")
        Duration keepInboxes,
    @Setting(
            value = "16384",
            min = 16,
            max = 1_048_576,
            unit = "events",
            help = "how many events may wait for each event handler that is no module")
        int handlerInbox,
    @Setting(
            value = "5s",
            min = 10,
            max = 3_600_000,
            help = "how long EventAdmin.sendEvent waits for handlers that do not return")
        Duration sendDeadline,
    @Setting(
            value = "true",
            help =
                "whether one processor runs all modules while that delivers more than several do")
        boolean consolidate) {

  /// Under which it is kept, as a module's configuration is under the module's name.
  static final String NAME = "bus";
}
