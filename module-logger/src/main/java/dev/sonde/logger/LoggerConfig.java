package dev.sonde.logger;

import dev.sonde.bus.Setting;
import dev.sonde.log.Severity;
import java.time.Duration;
import java.util.List;

/// What `conf/logger.cfg` may say.
record LoggerConfig(
    @Setting(
            value = LoggerConfig.CONSOLE,
            help = "what the console shows: PATTERN or PATTERN:LEVEL, the narrowest decides")
        List<String> console,
    @Setting(
            value = LoggerConfig.EXCEPT,
            help = "patterns that are not listened to; nobody need publish them for the logger")
        List<String> except,
    @Setting(
            value = "0",
            min = 0,
            max = 9999,
            unit = "columns",
            help = "where lines are cut; 0: as wide as the terminal, uncut into files")
        int width,
    @Setting(value = "auto", help = "colours: auto, always or never") ColorMode color,
    @Setting(
            value = "10",
            min = 0,
            max = 1_000_000,
            unit = "lines",
            help = "lines a second of one module and topic, more are folded; 0: all are shown")
        int burst,
    @Setting(
            value = "16",
            min = 1,
            max = 1_048_576,
            unit = "MiB",
            help = "size at which a file in log/ is full")
        int maxFileMiB,
    @Setting(value = "1d", min = 0, help = "age at which a file in log/ is put aside; 0s: never")
        Duration maxFileAge,
    @Setting(
            value = "50",
            min = 0,
            max = 100_000,
            unit = "files",
            help = "full files kept beside the one that is written")
        int keepFiles,
    @Setting(
            value = "128",
            min = 0,
            max = 1_048_576,
            unit = "MiB",
            help = "size of all full files together")
        int keepMiB,
    @Setting(
            value = LoggerConfig.JOURNAL,
            help = "what is synced to log/journal.jsonl at once: PATTERN or PATTERN:LEVEL")
        List<String> journal,
    @Setting(
            value = LoggerConfig.HISTORY,
            help = "what log/history.db keeps: PATTERN or PATTERN:LEVEL, the narrowest decides")
        List<String> history,
    @Setting(value = "30d", min = 1_000, help = "how old an event may become in log/history.db")
        Duration historyAge,
    @Setting(
            value = "256",
            min = 1,
            max = 1_048_576,
            unit = "MiB",
            help = "size of log/history.db; the oldest events go first")
        int historyMiB,
    @Setting(
            value = "warning",
            help = "what bundles log: from which severity on; error, warning, info, debug, trace")
        Severity systemLog,
    @Setting(
            value = "",
            help = "where syslog listens: udp:127.0.0.1:514, tcp:127.0.0.1:601 or unix:/PATH")
        String syslog,
    @Setting(value = LoggerConfig.HISTORY, help = "what syslog gets: PATTERN or PATTERN:LEVEL")
        List<String> syslogEvents) {

  /// What the disk refuses is shown in any case, as a notice.
  static final String CONSOLE =
      "*, org/osgi/*:off, org/apache/*:off, sonde/network/STATISTICS:off, sonde/input/SWITCH:off,"
          + " sonde/alert/log/*:off";
  static final String JOURNAL = "sonde/alert/*, sonde/module/STATE, sonde/input/KEY";
  static final String HISTORY =
      "*, org/osgi/*:off, org/apache/*:off, sonde/network/STATISTICS:off, sonde/input/SWITCH:off";
  static final String EXCEPT = "sonde/network/PACKET, sonde/module/BEAT, org/osgi/service/log/*";

  History.Limits historyLimits() {
    return new History.Limits(historyAge, (long) historyMiB << 20);
  }

  LogFile.Limits limits() {
    return new LogFile.Limits((long) maxFileMiB << 20, maxFileAge, keepFiles, (long) keepMiB << 20);
  }
}
