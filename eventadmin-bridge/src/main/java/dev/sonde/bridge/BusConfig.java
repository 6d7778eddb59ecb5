package dev.sonde.bridge;

import dev.sonde.bus.Setting;
import java.time.Duration;

/// What an operator can set of the bus, in `conf/bus.cfg`.
///
/// @param keepInboxes how long [Grace] waits
record BusConfig(
    @Setting(
            value = "10m",
            min = 1_000,
            max = 604_800_000,
            help = "how long the inboxes of a module that is updated or restarted wait for it")
        Duration keepInboxes) {

  /// Under which it is kept, as a module's configuration is under the module's name.
  static final String NAME = "bus";
}
