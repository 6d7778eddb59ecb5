package dev.sonde.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what was typed. File names that are not absolute are taken from the caller's working
/// directory.
final class CommandLine {

  private static final List<String> COMMANDS =
      List.of("run", "start", "stop", "status", "console", "doctor", "exec", "--help", "--version");
  private static final List<String> RUN_OPTIONS =
      List.of("--source", "--headless", "--exit-when-done", "--home", "--set");
  private static final List<String> HOME_ONLY = List.of("--home");
  private static final Pattern SETTING = Pattern.compile("[\\w-]+\\.[\\w.-]+=.*", Pattern.DOTALL);

  private final Path workingDirectory;

  CommandLine(Path workingDirectory) {
    this.workingDirectory = workingDirectory;
  }

  Invocation parse(List<String> words) throws LaunchException {
    var arguments = new Arguments(words);
    String command = arguments.isEmpty() ? "help" : arguments.next();
    if (words.contains("--help") || words.contains("-h")) {
      command = "help";
    }
    return switch (command) {
      case "run" -> run(arguments);
      case "start" -> new Invocation.Start(run(arguments));
      case "stop" -> new Invocation.Stop(homeOnly(arguments));
      case "status" -> new Invocation.Status(homeOnly(arguments));
      case "console" -> new Invocation.Console(homeOnly(arguments));
      case "doctor" -> new Invocation.Doctor(homeOnly(arguments));
      case "exec" -> exec(arguments);
      case "help" -> new Invocation.Help();
      case "version", "--version" -> new Invocation.Version();
      default -> throw Arguments.unknown("command", command, COMMANDS);
    };
  }

  private Invocation.Run run(Arguments arguments) throws LaunchException {
    Path home = null;
    boolean headless = false;
    boolean exitWhenDone = false;
    var settings = new TreeMap<String, String>();
    while (!arguments.isEmpty()) {
      String word = arguments.next();
      switch (word) {
        case "--source" -> {
          String what = "auto, live:IFACE, pcap:FILE or sample";
          settings.put("network.source", source(arguments.value(word, what)));
        }
        case "--headless" -> headless = true;
        case "--exit-when-done" -> exitWhenDone = true;
        case "--home" -> home = home(arguments);
        case "--set" -> set(settings, arguments.value(word, "MODULE.KEY=VALUE"));
        default -> throw Arguments.unknown("option", word, RUN_OPTIONS);
      }
    }
    if (exitWhenDone) {
      settings.put("network.repeat", "false");
    }
    boolean required = !settings.getOrDefault("network.source", "auto").equals("auto");
    return new Invocation.Run(home, headless, exitWhenDone, required, settings);
  }

  private Invocation exec(Arguments arguments) throws LaunchException {
    Path home = null;
    var command = new ArrayList<String>();
    while (!arguments.isEmpty()) {
      String word = arguments.next();
      if (word.equals("--home")) {
        home = home(arguments);
      } else if (word.startsWith("-")) {
        throw Arguments.unknown("option", word, HOME_ONLY);
      } else {
        command.add(word);
      }
    }
    if (command.isEmpty()) {
      throw Arguments.usage("exec needs a command, as in: sonde exec 'module:list'");
    }
    return new Invocation.Exec(home, String.join(" ", command));
  }

  private @Nullable Path homeOnly(Arguments arguments) throws LaunchException {
    Path home = null;
    while (!arguments.isEmpty()) {
      String word = arguments.next();
      if (!word.equals("--home")) {
        throw Arguments.unknown("option", word, HOME_ONLY);
      }
      home = home(arguments);
    }
    return home;
  }

  private Path home(Arguments arguments) throws LaunchException {
    return absolute(arguments.value("--home", "a directory"));
  }

  private String source(String given) throws LaunchException {
    if (given.equals("auto") || given.equals("sample") || hasRest(given, "live:")) {
      return given;
    }
    if (hasRest(given, "pcap:")) {
      return "pcap:" + absolute(given.substring("pcap:".length()));
    }
    String guess =
        given.matches(".*\\.(pcap|pcapng|cap)") ? ": did you mean pcap:" + given + "?" : "";
    throw Arguments.usage(
        "unknown source '%s'%s; sources are auto, live:IFACE, pcap:FILE and sample"
            .formatted(given, guess));
  }

  private static boolean hasRest(String given, String prefix) {
    return given.startsWith(prefix) && given.length() > prefix.length();
  }

  private static void set(Map<String, String> settings, String given) throws LaunchException {
    if (!SETTING.matcher(given).matches()) {
      throw Arguments.usage("--set '%s' is not MODULE.KEY=VALUE".formatted(given));
    }
    int equals = given.indexOf('=');
    settings.put(given.substring(0, equals), given.substring(equals + 1));
  }

  private Path absolute(String name) throws LaunchException {
    try {
      return workingDirectory.resolve(name).normalize();
    } catch (InvalidPathException e) {
      throw Arguments.usage("'%s' is no file name".formatted(name));
    }
  }

  /// The home directory if the command line names none.
  ///
  /// @param variable what SONDE_HOME says, or null
  /// @param distribution where Sonde lies; used if it can be written
  /// @param userHome the user's home directory
  Path defaultHome(@Nullable String variable, Path distribution, Path userHome)
      throws LaunchException {
    if (variable != null && !variable.isEmpty()) {
      return absolute(variable);
    }
    return distribution.toFile().canWrite() ? distribution : userHome.resolve(".sonde");
  }
}
