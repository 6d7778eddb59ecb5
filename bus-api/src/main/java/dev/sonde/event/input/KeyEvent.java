package dev.sonde.event.input;

import dev.sonde.bus.Topic;

/// A key did something. All events from one press to its release share a number.
///
/// @param key which key
/// @param action what it did
/// @param press number of the press, counted from 1 since the module started
@Topic("sonde/input/KEY")
public record KeyEvent(Key key, KeyAction action, long press) implements InputEvent {}
