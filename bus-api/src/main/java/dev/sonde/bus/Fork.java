package dev.sonde.bus;

import org.osgi.annotation.versioning.ProviderType;

/// A running [Source].
@ProviderType
public interface Fork {

  /// The name it was given.
  ///
  /// @return unique within the module while it runs
  String name();

  /// Whether its [Source#run] has not yet returned.
  ///
  /// @return true until then
  boolean isRunning();

  /// Calls [Source#cancel], interrupts the thread, and returns at once. Any thread may call this.
  void cancel();
}
