package dev.sonde.hardware;

import dev.sonde.bus.ModuleContext;
import dev.sonde.event.input.Key;
import dev.sonde.event.input.SwitchChanged;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/// A finger made of software. Lives on the module's thread.
final class Simulator {

  private static final String DEVICE = "simulator";

  private final ModuleContext context;
  private final Set<Key> held = EnumSet.noneOf(Key.class);

  Simulator(ModuleContext context) {
    this.context = context;
  }

  /// Closes the key's contact now and opens it later.
  ///
  /// @param key which key
  /// @param hold for how long
  /// @throws IllegalStateException if the simulator holds the key already
  void press(Key key, Duration hold) {
    if (!held.add(key)) {
      throw new IllegalStateException(
          "The simulator still holds " + key + " down; wait until it is released");
    }
    context.publish(new SwitchChanged(key, true, DEVICE));
    context.after(hold, () -> release(key));
  }

  private void release(Key key) {
    held.remove(key);
    context.publish(new SwitchChanged(key, false, DEVICE));
  }
}
