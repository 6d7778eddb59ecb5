package dev.sonde.event.input;

import dev.sonde.bus.Topic;

/// The contact behind a key opened or closed, before debouncing. Whoever has keys of any kind (a
/// page in a browser, a remote control) publishes this; the hardware module makes [KeyEvent]s of
/// it.
///
/// @param key which key
/// @param closed true if it is down
/// @param device where the key is, for example `simulator`
@Topic("sonde/input/SWITCH")
public record SwitchChanged(Key key, boolean closed, String device) implements InputEvent {}
