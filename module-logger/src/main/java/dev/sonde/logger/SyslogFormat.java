package dev.sonde.logger;

import dev.sonde.log.LogSink;
import dev.sonde.log.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// An event as a message after RFC 5424: facility `daemon`, `sonde`, the process's id, the end of
/// the topic as MSGID, and the line of `events.jsonl` as the message.
///
/// ```
/// <30>1 2026-11-01T12:01:02.351000Z probe sonde 812 sonde/network/ARP - {"seq":7,…}
/// ```
final class SyslogFormat {

  private static final int DAEMON = 3;
  private static final int MAX_HOST = 255;
  private static final int MAX_MESSAGE_ID = 32;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final String sender;

  SyslogFormat() {
    this(hostName(), ProcessHandle.current().pid());
  }

  SyslogFormat(String host, long process) {
    this.sender = " " + name(host, MAX_HOST) + " sonde " + process + " ";
  }

  /// Not asked of the network, which may take its time.
  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException unknown) {
      return "";
    }
  }

  byte[] message(LogSink.Entry entry) {
    int priority = DAEMON * 8 + severity(entry.severity());
    Instant time = Instant.EPOCH.plusNanos(entry.epochMicros() * 1_000);
    String head = "<" + priority + ">1 " + TIME.format(time) + sender;
    return (head + name(entry.topic(), MAX_MESSAGE_ID) + " - " + entry.json())
        .getBytes(StandardCharsets.UTF_8);
  }

  /// RFC 5424 table 2.
  private static int severity(Severity severity) {
    return switch (severity) {
      case ERROR -> 3;
      case WARNING -> 4;
      case INFO -> 6;
      case DEBUG, TRACE -> 7;
    };
  }

  /// Printable ASCII without spaces (`PRINTUSASCII`); of what is too long its end.
  private static String name(String text, int most) {
    String printable = text.replaceAll("[^!-~]", "?");
    return printable.isEmpty() ? "-" : printable.substring(Math.max(0, printable.length() - most));
  }
}
