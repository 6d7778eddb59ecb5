package dev.sonde.event.network;

import java.util.List;

/// How a Wi-Fi network protects itself, from its RSN and WPA elements (IEEE 802.11 clause
/// 9.4.2.24).
///
/// @param protocol the best that it offers
/// @param keyManagement how keys come about, such as `PSK`, `SAE`, `802.1X`
/// @param pairCiphers for traffic between two, such as `CCMP`, `TKIP`
/// @param groupCipher for traffic to all; empty without RSN and WPA elements
public record WifiSecurity(
    Protocol protocol, List<String> keyManagement, List<String> pairCiphers, String groupCipher) {

  /// No protection.
  public static final WifiSecurity OPEN = new WifiSecurity(Protocol.OPEN, List.of(), List.of(), "");

  /// Copies the lists.
  public WifiSecurity {
    keyManagement = List.copyOf(keyManagement);
    pairCiphers = List.copyOf(pairCiphers);
  }

  /// Generations of protection, weakest first.
  public enum Protocol {
    /// None.
    OPEN,
    /// The broken original.
    WEP,
    /// The vendor element that came before RSN.
    WPA,
    /// RSN.
    WPA2,
    /// RSN with SAE, OWE or Suite B.
    WPA3
  }
}
