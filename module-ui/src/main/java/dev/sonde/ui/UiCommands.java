package dev.sonde.ui;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// The `ui:*` commands of the shell.
@Component(
    service = UiCommands.class,
    property = {
      "osgi.command.scope=ui",
      "osgi.command.function=show",
      "osgi.command.function=screenshot"
    })
public final class UiCommands {

  private static final String SCREENSHOT = "ui:screenshot FILE [--scale 1…32]";
  private static final int SCALE = 4;

  private final UiModule module;

  /// Made by the component runtime.
  ///
  /// @param module the module
  @Activate
  public UiCommands(@Reference UiModule module) {
    this.module = module;
  }

  /// `ui:show`.
  ///
  /// @param session the shell
  /// @param options none, `--once` or `--live`
  /// @return the frame; nothing after `--live`
  /// @throws IOException if the terminal is gone
  /// @throws InterruptedException on Ctrl-C
  @Descriptor("show the screen here: [--once | --live]")
  public String show(
      CommandSession session,
      @Descriptor("--once prints it (the default); --live goes on until Ctrl-C") String... options)
      throws IOException, InterruptedException {
    return switch (String.join(" ", options)) {
      case "", "--once" -> Braille.draw(module.frame());
      case "--live" -> {
        new LiveTerminal(session.getKeyboard(), session.getConsole()).run(module);
        yield "";
      }
      default ->
          throw new IllegalArgumentException(
              "ui:show knows --once and --live, not '" + String.join(" ", options) + "'");
    };
  }

  /// `ui:screenshot`.
  ///
  /// @param arguments a file, and perhaps a scale
  /// @return what was saved where
  @Descriptor("save the screen as a PNG file: FILE [--scale N]")
  public String screenshot(
      @Descriptor("a file, replaced if it exists; --scale N makes each pixel N wide (1 to 32, 4)")
          String... arguments) {
    List<String> files = new ArrayList<>(List.of(arguments));
    int scale = scale(files);
    if (files.size() != 1) {
      throw new IllegalArgumentException("Where to? Type " + SCREENSHOT);
    }
    Path file = path(files.getFirst());
    byte[] picture = Png.encode(module.frame(), scale);
    save(file, picture);
    return "Saved %d × %d pixels to %s".formatted(Frame.WIDTH * scale, Frame.HEIGHT * scale, file);
  }

  /// Takes the option out of the arguments.
  private static int scale(List<String> arguments) {
    int option = arguments.indexOf("--scale");
    if (option < 0) {
      return SCALE;
    }
    arguments.remove(option);
    String number = option < arguments.size() ? arguments.remove(option) : "";
    if (!number.matches("[1-9]\\d?") || Integer.parseInt(number) > Png.LARGEST_SCALE) {
      throw new IllegalArgumentException("'" + number + "' is no scale; type " + SCREENSHOT);
    }
    return Integer.parseInt(number);
  }

  private static Path path(String name) {
    try {
      return Path.of(name).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + name + "' is no file name: " + e.getReason(), e);
    }
  }

  private static void save(Path file, byte[] picture) {
    try {
      Files.write(file, picture);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Can not write " + file + ": " + reason(file, e) + "; choose another place", e);
    }
  }

  private static String reason(Path file, IOException e) {
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    return switch (e) {
      case NoSuchFileException missing -> "its folder does not exist";
      case AccessDeniedException denied -> "permission denied";
      default -> String.valueOf(e.getMessage());
    };
  }
}
