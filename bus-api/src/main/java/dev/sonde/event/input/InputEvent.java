package dev.sonde.event.input;

import dev.sonde.bus.Event;

/// What happens at the keys.
public sealed interface InputEvent extends Event permits KeyEvent, SwitchChanged {}
