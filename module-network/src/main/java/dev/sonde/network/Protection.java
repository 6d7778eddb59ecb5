package dev.sonde.network;

import dev.sonde.event.network.WifiSecurity;
import dev.sonde.event.network.WifiSecurity.Protocol;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Compares how networks protect themselves.
final class Protection {

  private Protection() {}

  /// Whether a client that is set up for one network can join the other: both are of the same
  /// generation, or both have RSN and a kind of key in common. So a network in transition, which
  /// takes the keys of WPA2 and of WPA3, is like one that takes only either.
  static boolean isAlike(WifiSecurity one, WifiSecurity other) {
    if (!isRsn(one) || !isRsn(other)) {
      return one.protocol() == other.protocol();
    }
    Set<String> keys = keys(one);
    Set<String> others = keys(other);
    return keys.isEmpty() || others.isEmpty() || !Collections.disjoint(keys, others);
  }

  private static boolean isRsn(WifiSecurity security) {
    return security.protocol().compareTo(Protocol.WPA2) >= 0;
  }

  private static Set<String> keys(WifiSecurity security) {
    return security.keyManagement().stream().map(Protection::kind).collect(Collectors.toSet());
  }

  /// What a user has to know for it; how it is hashed and handed over does not matter.
  private static String kind(String keyManagement) {
    String plain = keyManagement.replaceFirst("^FT-", "").replaceFirst("-(SHA\\d+|EXT)$", "");
    return plain.startsWith("SUITE-B") ? "802.1X" : plain;
  }

  /// For example `WPA3 (PSK, SAE)`.
  static String words(WifiSecurity security) {
    List<String> keys = security.keyManagement();
    return security.protocol() + (keys.isEmpty() ? "" : " (" + String.join(", ", keys) + ")");
  }
}
