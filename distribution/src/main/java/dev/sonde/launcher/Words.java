package dev.sonde.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// What the launcher says.
final class Words {

  static final String HELP =
      """
      sonde: watches the network around a small device, and runs modules that react to it.

      sonde run [OPTIONS]          start the device in the foreground
        --source SOURCE            auto         live capture where permitted, else the sample
                                   live:IFACE   capture on an interface; live:eth0,wlan0 on two
                                   pcap:FILE    replay a file, pcap or pcapng
                                   sample       replay the built-in sample
        --headless                 no shell; so also when there is no terminal
        --exit-when-done           end when the source has ended and all is handled
        --set MODULE.KEY=VALUE     a setting for this run; comes before conf/MODULE.cfg
        --home DIR                 the home directory, else $SONDE_HOME
      sonde start [OPTIONS]        start it in the background, with the same options
      sonde stop                   end it, wherever it was started
      sonde status                 say whether it runs, and list its modules
      sonde console                a shell into the device that runs; exit leaves it running
      sonde exec 'COMMAND'         run one command of that shell
      sonde doctor                 say what does not run, and how to mend it
        --home DIR                 which device; these five take it as run does
      sonde --help, --version

      Ends with 0 when all went well, 1 after a fault or a command that failed, 2 if the command
      line is wrong, 3 if the source can not be opened, 4 if the home directory can not be used,
      5 if another process uses it; 130 after Ctrl-C without a shell, 143 after SIGTERM.
      status ends as services do: 0 it runs, 1 it does not and did not end in order, 3 it does not,
      4 that can not be told.""";

  /// Takes a prompt away that nobody will answer: to the first column, and erase to the end of the
  /// line (ECMA-48, EL).
  static final String END_OF_PROMPT = "\r\033[K";

  private Words() {}

  static String version() {
    String version = Words.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  /// The first line on the screen.
  static String banner(Home home, boolean terminal) {
    String name = Terminal.coloured() ? "\033[1mSonde\033[0m" : "Sonde";
    String hint = terminal ? "\nType help for the commands; Ctrl-C ends it." : "";
    return "%s %s, home %s%s".formatted(name, version(), home.directory(), hint);
  }

  /// What is said of safe mode, on the screen and in the log.
  ///
  /// @param brokenRuns how many runs in a row led to it
  /// @param deployed what is left alone, the newest first
  static String safeMode(int brokenRuns, List<Path> deployed) {
    String mark = Terminal.coloured() ? "\033[1;31mSAFE MODE\033[0m" : "SAFE MODE";
    return """

        *** %s: the last %d runs broke off within a minute, so deploy/ is left alone. ***
        %s
        Way out: take what may be broken out of deploy/, then end this run in order (exit,
        Ctrl-C, 'sonde stop') and start it again: the next run is a normal one. The same holds
        when this one has lasted for a minute.
        """
        .formatted(mark, brokenRuns, leftAlone(deployed));
  }

  private static String leftAlone(List<Path> deployed) {
    return deployed.isEmpty()
        ? "There is no jar in it."
        : deployed.stream()
            .map(jar -> jar.getFileName().toString())
            .collect(Collectors.joining(", ", "Jars in it, the newest first: ", "."));
  }
}
