package dev.sonde.hardware;

import dev.sonde.bus.Setting;
import java.time.Duration;
import java.util.List;

/// What `conf/hardware.cfg` holds.
///
/// @param provider who drives the pins
/// @param keys which pin is which key, as [Wiring#parse] reads it
/// @param debounce how long a contact must rest
/// @param maximumHold how long a key may be down
record HardwareConfig(
    @Setting(
            value = "mock",
            help = "who drives the pins: mock (pins in memory) or none (simulator only)")
        PinProvider provider,
    @Setting(
            value = "UP:6,DOWN:19,LEFT:5,RIGHT:26,OK:13,BACK:21",
            help = "buttons as KEY:PIN, pins by BCM number, wired to ground")
        List<String> keys,
    @Setting(value = "4ms", min = 0, max = 100, help = "how long a contact must rest to count")
        Duration debounce,
    @Setting(
            value = "30s",
            min = 1_000,
            max = 3_600_000,
            help = "a key that is down for longer is taken as released")
        Duration maximumHold) {

  /// Copies the list.
  HardwareConfig {
    keys = List.copyOf(keys);
  }
}
