package dev.sonde.launcher;

/// What the launcher says.
final class Words {

  static final String HELP =
      """
      sonde: watches the network around a small device, and runs modules that react to it.

      sonde run [OPTIONS]          start the device in the foreground
        --source SOURCE            auto         live capture where permitted, else the sample
                                   live:IFACE   capture on one interface
                                   pcap:FILE    replay a file, pcap or pcapng
                                   sample       replay the built-in sample
        --headless                 no shell; so also when there is no terminal
        --exit-when-done           end when the source has ended and all is handled
        --set MODULE.KEY=VALUE     a setting for this run; comes before conf/MODULE.cfg
        --home DIR                 the home directory, else $SONDE_HOME
      sonde exec 'COMMAND' [--home DIR]
                                   run one shell command in the device that runs
      sonde --help, --version

      Ends with 0 when all went well, 1 after a fault or a command that failed, 2 if the command
      line is wrong, 3 if the source can not be opened, 4 if the home directory can not be used,
      5 if another process uses it; 130 after Ctrl-C without a shell, 143 after SIGTERM.""";

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
}
