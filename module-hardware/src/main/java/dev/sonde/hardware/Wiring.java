package dev.sonde.hardware;

import dev.sonde.event.input.Key;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Which pin is which key, and who drives the pins.
///
/// @param provider who drives them
/// @param pins the keys and their pins by BCM number; each pin once
record Wiring(PinProvider provider, Map<Key, Integer> pins) {

  /// No pins at all.
  static final Wiring NONE = new Wiring(PinProvider.NONE, Map.of());

  /// The highest GPIO on the 40-pin header of a Raspberry Pi.
  private static final int HIGHEST_PIN = 27;

  /// Copies the map.
  Wiring {
    pins = Collections.unmodifiableMap(pins.isEmpty() ? Map.of() : new EnumMap<>(pins));
  }

  /// Reads the configuration.
  ///
  /// @param provider who drives the pins
  /// @param entries each `KEY:PIN`, such as `OK:17`; blank ones are skipped
  /// @return the wiring
  /// @throws IllegalArgumentException saying which entry is wrong and what to write
  static Wiring parse(PinProvider provider, List<String> entries) {
    Map<Key, Integer> pins = new EnumMap<>(Key.class);
    for (String entry : entries) {
      if (!entry.isBlank()) {
        add(pins, entry.strip());
      }
    }
    return provider == PinProvider.NONE ? NONE : new Wiring(provider, pins);
  }

  private static void add(Map<Key, Integer> pins, String entry) {
    int colon = entry.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "'" + entry + "' is no key and pin; write KEY:PIN, such as OK:17");
    }
    Key key = key(entry.substring(0, colon).strip());
    int pin = pin(entry, entry.substring(colon + 1).strip());
    if (pins.containsValue(pin)) {
      throw new IllegalArgumentException(
          "'" + entry + "': pin " + pin + " is another key's already; give each its own");
    }
    if (pins.putIfAbsent(key, pin) != null) {
      throw new IllegalArgumentException(
          "'" + entry + "': " + key + " has a pin already; name each key once");
    }
  }

  private static int pin(String entry, String number) {
    if (number.matches("\\d{1,2}") && Integer.parseInt(number) <= HIGHEST_PIN) {
      return Integer.parseInt(number);
    }
    throw new IllegalArgumentException(
        "'" + entry + "': there is no pin '" + number + "'; write its BCM number, 0 to 27");
  }

  /// Reads the name of a key, in capitals or not.
  ///
  /// @param name for example `ok`
  /// @return the key
  /// @throws IllegalArgumentException naming the keys that there are
  static Key key(String name) {
    for (Key key : Key.values()) {
      if (key.name().equals(name.toUpperCase(Locale.ROOT))) {
        return key;
      }
    }
    throw new IllegalArgumentException(
        "There is no key '" + name + "'; the keys are UP, DOWN, LEFT, RIGHT, OK and BACK");
  }
}
