package dev.sonde.bus;

import org.osgi.annotation.versioning.ProviderType;

/// A [Task] that is due at times. Ends when its module is told to stop, if not before.
@ProviderType
public interface Timer {

  /// Ends it. A task that is running goes on; it is not started again. Any thread may call this,
  /// any number of times.
  void cancel();
}
