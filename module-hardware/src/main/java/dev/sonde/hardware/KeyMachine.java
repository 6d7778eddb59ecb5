package dev.sonde.hardware;

import dev.sonde.event.input.Key;
import dev.sonde.event.input.KeyAction;
import dev.sonde.event.input.KeyEvent;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// Makes key events of contacts that bounce, after the timings of the Flipper Zero: a contact
/// counts once it has rested for the debounce time; [KeyAction#LONG] comes 300 ms after
/// [KeyAction#PRESS], and [KeyAction#REPEAT] every 150 ms from then on.
///
/// The machine owns neither clock nor thread. It is told what happened and when ([#change]) and
/// that time has passed ([#advance]), and tells when it wants to be told next ([#due]). Times are
/// nanoseconds on any clock that starts at or above zero and does not run backwards.
///
/// - A key is down while any device holds it. What a device repeats changes nothing.
/// - Whoever calls late gets what was due in its order, but one REPEAT in place of several.
/// - A release that never comes is made up after the maximum hold: the key then rests until it is
///   pressed anew.
final class KeyMachine {

  /// What [#due] returns when nothing is due: all keys rest.
  static final long NEVER = Long.MAX_VALUE;

  private final Consumer<KeyEvent> out;
  private final Map<Key, KeyState> keys = new EnumMap<>(Key.class);
  private long debounceNanos;
  private long maximumHoldNanos;
  private long now;
  private long presses;

  KeyMachine(Duration debounce, Duration maximumHold, Consumer<KeyEvent> out) {
    this.out = out;
    for (Key key : Key.values()) {
      keys.put(key, new KeyState(key, this));
    }
    timings(debounce, maximumHold);
  }

  /// Changes the timings, for what happens from now on.
  ///
  /// @param debounce how long a contact must rest to count; 0 for contacts that do not bounce
  /// @param maximumHold how long a key may be down, longer than 300 ms
  void timings(Duration debounce, Duration maximumHold) {
    debounceNanos = debounce.toNanos();
    maximumHoldNanos = maximumHold.toNanos();
  }

  /// A contact closed or opened.
  ///
  /// @param at when; if it is before what was told last, that counts
  /// @param key which key
  /// @param closed true if it is down
  /// @param device whose contact
  void change(long at, Key key, boolean closed, String device) {
    advance(at);
    state(key).change(now, closed, device);
    advance(now);
  }

  /// Time has passed.
  ///
  /// @param at the time
  void advance(long at) {
    now = Math.max(now, at);
    for (KeyState next = next(); next.due() <= now; next = next()) {
      next.fire(now);
    }
  }

  /// When [#advance] is next needed.
  ///
  /// @return a time, or [#NEVER]
  long due() {
    return next().due();
  }

  /// Lets go of all keys, as when events were lost or nobody is there to tell of their release.
  void releaseAll() {
    keys.values().forEach(KeyState::release);
  }

  /// How the keys are, in the order of [Key].
  ///
  /// @return a snapshot
  List<KeyStatus> status() {
    return keys.values().stream().map(KeyState::status).toList();
  }

  /// How a key is.
  ///
  /// @param key which
  /// @param down whether it is down, debounced
  /// @param heldBy the devices whose contact is closed
  /// @param presses how often it was pressed
  record KeyStatus(Key key, boolean down, List<String> heldBy, long presses) {}

  private KeyState state(Key key) {
    return Objects.requireNonNull(keys.get(key), "every key has a state");
  }

  private KeyState next() {
    KeyState first = state(Key.UP);
    for (KeyState key : keys.values()) {
      if (key.due() < first.due()) {
        first = key;
      }
    }
    return first;
  }

  long debounceNanos() {
    return debounceNanos;
  }

  long maximumHoldNanos() {
    return maximumHoldNanos;
  }

  long nextPress() {
    return ++presses;
  }

  void emit(Key key, KeyAction action, long press) {
    out.accept(new KeyEvent(key, action, press));
  }
}
