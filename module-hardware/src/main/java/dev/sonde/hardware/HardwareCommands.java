package dev.sonde.hardware;

import java.util.List;
import java.util.Locale;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// The `hardware:*` commands of the shell.
@Component(
    service = HardwareCommands.class,
    property = {
      "osgi.command.scope=hardware",
      "osgi.command.function=press",
      "osgi.command.function=keys",
      "osgi.command.function=pins"
    })
public final class HardwareCommands {

  private static final int MILLIS_OF_LONG = 300;

  private final HardwareModule module;

  /// Made by the component runtime.
  ///
  /// @param module the module
  @Activate
  public HardwareCommands(@Reference HardwareModule module) {
    this.module = module;
  }

  /// `hardware:press`.
  ///
  /// @param arguments a key and options
  /// @return what was done
  @Descriptor("press a key of the simulator: KEY [--long | --hold MILLISECONDS]")
  public String press(
      @Descriptor(
              "UP, DOWN, LEFT, RIGHT, OK or BACK; --long holds it for 500 ms, --hold for as long as"
                  + " it says, otherwise 80 ms")
          String... arguments) {
    PressArguments press = PressArguments.parse(List.of(arguments));
    module.press(press.key(), press.hold());
    long millis = press.hold().toMillis();
    return "%s goes down for %d ms: %s"
        .formatted(press.key(), millis, millis < MILLIS_OF_LONG ? "a tap" : "a long press");
  }

  /// `hardware:keys`.
  ///
  /// @return a table
  @Descriptor("list the keys: state, presses so far, and who holds them down")
  public String keys() {
    StringBuilder text = new StringBuilder("KEY    STATE  PRESSES  HELD BY");
    for (KeyMachine.KeyStatus key : module.keys()) {
      text.append(
          "%n%-6s %-6s %7d  %s"
              .formatted(
                  key.key(),
                  key.down() ? "down" : "up",
                  key.presses(),
                  elide(String.join(", ", key.heldBy()), 50))
              .stripTrailing());
    }
    return text.toString();
  }

  /// `hardware:pins`.
  ///
  /// @param arguments nothing, or a pin and a level
  /// @return a table, or what was done
  @Descriptor("list pins and who drives them, or set the level of a mock pin: [PIN low|high]")
  public String pins(
      @Descriptor("nothing, or the BCM number of a mock pin, and low (button down) or high")
          String... arguments) {
    if (arguments.length == 0) {
      return table(module.pins().report());
    }
    if (arguments.length != 2
        || !arguments[0].matches("\\d{1,2}")
        || !List.of("low", "high").contains(arguments[1])) {
      throw new IllegalArgumentException(
          "'" + String.join(" ", arguments) + "' is no pin and level; type hardware:pins 13 low");
    }
    module.pins().drive(Integer.parseInt(arguments[0]), arguments[1].equals("high"));
    return "Pin " + arguments[0] + " is " + arguments[1];
  }

  private static String table(PinReader.PinReport report) {
    StringBuilder text =
        new StringBuilder("Provider: ")
            .append(report.wiring().provider().name().toLowerCase(Locale.ROOT));
    report.providers().forEach(name -> text.append(" (Pi4J ").append(name).append(')'));
    if (!report.problem().isEmpty()) {
      text.append("%nProblem: %s".formatted(report.problem()));
    }
    if (!report.levels().isEmpty()) {
      text.append("%nPIN  KEY    LEVEL  BUTTON".formatted());
    }
    for (PinBank.Level level : report.levels()) {
      text.append(
          "%n%3d  %-6s %-5s  %s"
              .formatted(
                  level.pin(),
                  level.key(),
                  level.high() ? "high" : "low",
                  level.high() ? "up" : "down"));
    }
    return text.toString();
  }

  /// Cuts what came over the bus, and takes out what would steer the terminal.
  private static String elide(String heard, int width) {
    String text = heard.replaceAll("\\p{C}", "?");
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }
}
