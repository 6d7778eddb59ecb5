package dev.sonde.ui;

import dev.sonde.bus.Setting;

/// What `conf/ui.cfg` holds.
///
/// @param view which view is shown first
/// @param framesPerSecond how often a screen that is watched is drawn at most
record UiConfig(
    @Setting(value = "traffic", help = "the view shown first: traffic, dns or modules")
        FirstView view,
    @Setting(
            value = "10",
            min = 1,
            max = 30,
            unit = "frames/s",
            help = "how often a screen that is watched is drawn at most")
        int framesPerSecond) {

  /// The views, by their titles.
  enum FirstView {
    /// How much is heard.
    TRAFFIC,
    /// Which names were asked for.
    DNS,
    /// How the modules are.
    MODULES
  }
}
