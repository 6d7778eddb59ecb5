package dev.sonde.supervisor;

import dev.sonde.bus.Setting;

/// `conf/supervisor.cfg`.
///
/// @param signatures what is asked of a jar in the deploy folder
record SupervisorSettings(
    @Setting(
            value = "off",
            help =
                "whether jars must be signed by a publisher in conf/publishers: off, warn, require")
        SignaturePolicy signatures) {

  /// What is asked of a jar in the deploy folder.
  enum SignaturePolicy {
    /// Nothing.
    OFF,
    /// It is told if nobody known has signed it.
    WARN,
    /// Somebody known has signed all of it.
    REQUIRE
  }
}
