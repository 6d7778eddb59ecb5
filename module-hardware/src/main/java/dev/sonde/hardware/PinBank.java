package dev.sonde.hardware;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import dev.sonde.event.input.Key;
import dev.sonde.event.input.SwitchChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Buttons at pins, through Pi4J: each a digital input, pulled up, low while the button is down.
/// Open from [#open] to [#close]; keeps no thread and installs no shutdown hook.
final class PinBank implements AutoCloseable {

  private final Context pi4j;
  private final List<Button> buttons = new ArrayList<>();

  private PinBank(Context pi4j) {
    this.pi4j = pi4j;
  }

  /// Opens the pins. Takes as long as Pi4J needs to look at the board, so not on a module's thread.
  ///
  /// @param wiring which pins; its provider must not be [PinProvider#NONE]
  /// @param out told of each contact that opens or closes, on Pi4J's threads; at once of those that
  ///     are closed already
  /// @return the open pins
  /// @throws com.pi4j.exception.Pi4JException if Pi4J does not give them
  static PinBank open(Wiring wiring, Consumer<SwitchChanged> out) {
    BoardDetection.settle();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Pi4J.class.getClassLoader());
    try {
      Context pi4j =
          Pi4J.newContextBuilder()
              .noAutoDetect()
              .disableShutdownHook()
              .add(inputs(wiring.provider()))
              .build();
      return new PinBank(pi4j).wire(wiring, out);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static DigitalInputProvider inputs(PinProvider provider) {
    return switch (provider) {
      case MOCK -> MockDigitalInputProvider.newInstance();
      case NONE -> throw new IllegalArgumentException("Without a provider there are no pins");
    };
  }

  private PinBank wire(Wiring wiring, Consumer<SwitchChanged> out) {
    try {
      wiring.pins().forEach((key, pin) -> buttons.add(button(key, pin)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    buttons.forEach(button -> button.listen(out));
    return this;
  }

  private Button button(Key key, int pin) {
    DigitalInput input =
        pi4j.create(
            DigitalInput.newConfigBuilder(pi4j)
                .id("gpio" + pin)
                .name(key.name())
                .address(pin)
                .pull(PullResistance.PULL_UP)
                .debounce(0L)
                .build());
    if (input instanceof MockDigitalInput mock) {
      mock.mockState(DigitalState.HIGH); // a mock pin has no resistor that would pull it up
    }
    return new Button(key, pin, input);
  }

  /// The pins and their levels now.
  ///
  /// @return in the order of [Key]
  List<Level> levels() {
    return buttons.stream()
        .map(button -> new Level(button.key, button.pin, button.input.isHigh()))
        .toList();
  }

  /// The Pi4J providers in use.
  ///
  /// @return their names
  List<String> providers() {
    return pi4j.providers().all().values().stream().map(provider -> provider.name()).toList();
  }

  /// Sets the level of a mock pin.
  ///
  /// @param pin BCM number
  /// @param high the level
  /// @throws IllegalArgumentException if there is no such pin, or it is a real one
  void drive(int pin, boolean high) {
    Button button =
        buttons.stream()
            .filter(candidate -> candidate.pin == pin)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Pin " + pin + " is no key's; hardware:pins lists those that are"));
    if (!(button.input instanceof MockDigitalInput mock)) {
      throw new IllegalArgumentException(
          "Pin " + pin + " is real, its button sets the level; hardware:press simulates a key");
    }
    mock.mockState(high ? DigitalState.HIGH : DigitalState.LOW);
  }

  @Override
  public void close() {
    pi4j.shutdown();
  }

  /// A pin and its level.
  ///
  /// @param key whose button it has
  /// @param pin BCM number
  /// @param high true while the button is up
  record Level(Key key, int pin, boolean high) {}

  private record Button(Key key, int pin, DigitalInput input) {

    void listen(Consumer<SwitchChanged> out) {
      input.addListener(event -> out.accept(change(event.state().isLow())));
      if (input.isLow()) {
        out.accept(change(true));
      }
    }

    private SwitchChanged change(boolean low) {
      return new SwitchChanged(key, low, "gpio" + pin);
    }
  }
}
