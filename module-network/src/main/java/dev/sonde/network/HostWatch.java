package dev.sonde.network;

import dev.sonde.event.network.HostNew;
import dev.sonde.event.network.MacAddress;
import java.net.InetAddress;
import java.util.Optional;

/// Devices on the wire, by who sends frames.
final class HostWatch {

  private static final int ARP_SENDER_IP_OFFSET = 14;
  private static final int IPV4_BYTES = 4;

  private final Findings findings;
  private final Rows<Long, Boolean> known;

  HostWatch(Findings findings) {
    this.findings = findings;
    this.known = findings.table();
    Vendors.load();
  }

  void frame(Frame frame, Layers layers) {
    if (known.get(layers.sourceMac) == null) {
      MacAddress mac = new MacAddress(layers.sourceMac);
      known.put(layers.sourceMac, true);
      if (!mac.isGroup() && mac.value() != 0) {
        tell(frame, layers, mac);
      }
    }
  }

  private void tell(Frame frame, Layers layers, MacAddress mac) {
    findings.tell(
        new HostNew(
            findings.source(),
            frame.captured(),
            mac,
            Vendors.of(mac),
            mac.isLocal(),
            claimed(frame, layers)));
  }

  /// What it says of itself in ARP; any router's packets carry addresses of others.
  private static Optional<InetAddress> claimed(Frame frame, Layers layers) {
    if (layers.etherType != EtherType.ARP) {
      return Optional.empty();
    }
    return Optional.of(frame.address(layers.networkAt + ARP_SENDER_IP_OFFSET, IPV4_BYTES))
        .filter(ip -> !ip.isAnyLocalAddress());
  }
}
