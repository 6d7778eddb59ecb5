package dev.sonde.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The kind of an interface's link layer, from Linux's sysfs, which needs no privilege; libpcap
/// tells it only of interfaces that it may open.
final class Arphrd {

  private static final String UNKNOWN = "?";

  /// What libpcap calls all interfaces together; it delivers their frames behind a header of Linux.
  private static final String ALL = "any";

  private Arphrd() {}

  /// In a word: the `ARPHRD_` number in `/sys/class/net/NAME/type` (linux/if_arp.h).
  static String of(String name) {
    if (name.equals(ALL)) {
      return "cooked";
    }
    try {
      Path type = Path.of("/sys/class/net").resolve(name).resolve("type");
      return Files.exists(type) ? word(Files.readString(type).strip()) : UNKNOWN;
    } catch (IOException | IllegalArgumentException e) {
      return UNKNOWN;
    }
  }

  static String word(String number) {
    return switch (number) {
      case "1" -> "ethernet";
      case "512" -> "ppp";
      case "772" -> "loopback";
      case "801" -> "802.11";
      case "802" -> "802.11 prism";
      case "803" -> "802.11 radiotap";
      case "65534" -> "ip";
      default -> "type " + number;
    };
  }
}
