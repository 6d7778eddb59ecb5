package dev.sonde.bus;

import org.osgi.annotation.versioning.ProviderType;

/// A running [Source]. All methods may be called from any thread.
@ProviderType
public interface Fork {

  /// The name it was given.
  ///
  /// @return unique within the module while it runs
  String name();

  /// Whether its [Source#run] has not yet returned. Its name is free again after that.
  ///
  /// @return true until then
  boolean isRunning();

  /// Has [Source#cancel] called on another thread, which then interrupts the source's, and returns
  /// at once. Cancelling again does nothing. What the source throws from now on is no fault.
  void cancel();
}
