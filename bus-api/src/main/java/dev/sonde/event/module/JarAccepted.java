package dev.sonde.event.module;

import dev.sonde.bus.Topic;

/// A jar in the deploy folder was installed, updated or uninstalled.
///
/// @param file the file's name
/// @param bundle symbolic name of its bundle
/// @param version version of its bundle
/// @param action what was done
@Topic("sonde/deploy/ACCEPTED")
public record JarAccepted(String file, String bundle, String version, Action action)
    implements ModuleEvent {

  /// What was done with the bundle.
  public enum Action {
    /// It is new.
    INSTALLED,
    /// It replaced the version that ran before.
    UPDATED,
    /// Its file is gone, and so is the bundle.
    UNINSTALLED
  }
}
