package dev.sonde.network;

import dev.sonde.event.network.MacAddress;
import dev.sonde.network.Interfaces.NetworkInterface;

/// From which addresses an interface sends.
///
/// @param mac its own
/// @param ip its first IPv4 address; 0.0.0.0 if it has none, as RFC 5227 §1.1 has it for probes
record OwnAddresses(MacAddress mac, String ip) {

  static final String NO_IP = "0.0.0.0";

  /// Those that an interface has.
  ///
  /// @throws CaptureException if it has no MAC address
  static OwnAddresses of(NetworkInterface own) throws CaptureException {
    MacAddress mac =
        own.mac()
            .orElseThrow(
                () ->
                    new CaptureException(
                        "The interface " + own.name() + " has no MAC address",
                        "Send on an Ethernet interface"));
    return new OwnAddresses(mac, firstIpv4(own));
  }

  private static String firstIpv4(NetworkInterface own) {
    return own.addresses().stream().filter(ip -> ip.indexOf(':') < 0).findFirst().orElse(NO_IP);
  }

  boolean hasIp() {
    return !ip.equals(NO_IP);
  }
}
