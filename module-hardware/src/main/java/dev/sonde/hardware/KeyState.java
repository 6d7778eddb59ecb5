package dev.sonde.hardware;

import static dev.sonde.hardware.KeyMachine.NEVER;

import dev.sonde.event.input.Key;
import dev.sonde.event.input.KeyAction;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One key of a [KeyMachine].
final class KeyState {

  private static final long LONG_NANOS = Duration.ofMillis(300).toNanos();
  private static final long REPEAT_NANOS = Duration.ofMillis(150).toNanos();

  /// More devices than this do not hold one key; what claims to is not remembered.
  private static final int MOST_HOLDERS = 16;

  private final Key key;
  private final KeyMachine machine;
  private final Set<String> holders = new LinkedHashSet<>();
  private boolean down;
  private boolean longSent;
  private long settlesAt = NEVER;
  private long holdAt = NEVER;
  private long stuckAt = NEVER;
  private long press;
  private long presses;

  KeyState(Key key, KeyMachine machine) {
    this.key = key;
    this.machine = machine;
  }

  long due() {
    return Math.min(settlesAt, Math.min(holdAt, stuckAt));
  }

  void change(long now, boolean closed, String device) {
    boolean before = !holders.isEmpty();
    if (!closed) {
      holders.remove(device);
    } else if (holders.size() < MOST_HOLDERS) {
      holders.add(device);
    }
    boolean after = !holders.isEmpty();
    if (after == down) {
      settlesAt = NEVER;
    } else if (after != before) {
      settlesAt = now + machine.debounceNanos();
    }
  }

  /// Does the one thing that is due first.
  void fire(long now) {
    if (settlesAt <= Math.min(holdAt, stuckAt)) {
      settle();
    } else if (stuckAt <= holdAt) {
      release();
    } else {
      hold(now);
    }
  }

  private void settle() {
    long at = settlesAt;
    settlesAt = NEVER;
    if (down) {
      up();
      return;
    }
    down = true;
    longSent = false;
    presses++;
    press = machine.nextPress();
    holdAt = at + LONG_NANOS;
    stuckAt = at + machine.maximumHoldNanos();
    machine.emit(key, KeyAction.PRESS, press);
  }

  private void hold(long now) {
    machine.emit(key, longSent ? KeyAction.REPEAT : KeyAction.LONG, press);
    long missed = longSent ? Math.max(0, now - holdAt) / REPEAT_NANOS : 0;
    longSent = true;
    holdAt += (1 + missed) * REPEAT_NANOS;
  }

  private void up() {
    down = false;
    holdAt = NEVER;
    stuckAt = NEVER;
    if (!longSent) {
      machine.emit(key, KeyAction.SHORT, press);
    }
    machine.emit(key, KeyAction.RELEASE, press);
  }

  /// Ends a press without waiting for the contact, which counts as open from here.
  void release() {
    holders.clear();
    settlesAt = NEVER;
    if (down) {
      longSent = true;
      up();
    }
  }

  KeyMachine.KeyStatus status() {
    return new KeyMachine.KeyStatus(key, down, List.copyOf(holders), presses);
  }
}
