package dev.sonde.network;

import dev.sonde.event.network.ArpBogon;
import dev.sonde.event.network.ArpChanged;
import dev.sonde.event.network.ArpFlipFlop;
import dev.sonde.event.network.ArpGratuitous;
import dev.sonde.event.network.ArpNew;
import dev.sonde.event.network.ArpPacket;
import dev.sonde.event.network.MacAddress;
import dev.sonde.event.network.NetworkAlert.Kind;
import dev.sonde.event.network.NetworkAlert.Severity;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// ARP (RFC 826), and who holds which IPv4 address by it.
final class ArpWatch {

  private static final int FIXED_BYTES = 8;
  private static final int MAC_BYTES = 6;
  private static final int IPV4_BYTES = 4;

  private final Findings findings;
  private final Alerts alerts;
  private final Rows<InetAddress, Binding> bindings;

  ArpWatch(Findings findings, Alerts alerts) {
    this.findings = findings;
    this.alerts = alerts;
    this.bindings = findings.table();
  }

  void packet(Frame frame, Layers layers) {
    findings.count(Counter.ARP);
    ArpPacket packet = read(frame, layers.networkAt);
    findings.tell(packet);
    String wrong = wrong(packet, layers);
    if (wrong != null) {
      findings.tell(
          new ArpBogon(
              packet.source(), packet.captured(), packet.senderIp(), packet.senderMac(), wrong));
    } else if (!packet.senderIp().isAnyLocalAddress()) {
      claim(packet, frame.capturedNanos());
    }
  }

  /// Some senders claim longer fields than addresses need and fill them up behind the address.
  private ArpPacket read(Frame frame, int at) {
    int macBytes = frame.u8(at + 4);
    int ipBytes = frame.u8(at + 5);
    if (frame.u16(at + 2) != EtherType.IPV4 || macBytes < MAC_BYTES || ipBytes < IPV4_BYTES) {
      throw new IllegalArgumentException("ARP for other than MAC and IPv4 addresses");
    }
    int sender = at + FIXED_BYTES;
    int target = sender + macBytes + ipBytes;
    return new ArpPacket(
        findings.source(),
        frame.captured(),
        frame.u16(at + 6),
        frame.macAddress(sender),
        frame.address(sender + macBytes, IPV4_BYTES),
        frame.macAddress(target),
        frame.address(target + macBytes, IPV4_BYTES));
  }

  private static @Nullable String wrong(ArpPacket packet, Layers layers) {
    InetAddress ip = packet.senderIp();
    if (packet.senderMac().isGroup()) {
      return "the sender is a group of devices";
    }
    if (ip.isMulticastAddress() || ip.isLoopbackAddress() || ip.getAddress()[0] == -1) {
      return "no host has the address " + ip.getHostAddress();
    }
    boolean other = layers.sourceMac != Layers.NONE && layers.sourceMac != mac(packet);
    return other ? "its frame was sent by " + new MacAddress(layers.sourceMac) : null;
  }

  private static long mac(ArpPacket packet) {
    return packet.senderMac().value();
  }

  private void claim(ArpPacket packet, long now) {
    if (packet.senderIp().equals(packet.targetIp())) {
      findings.tell(
          new ArpGratuitous(
              packet.source(), packet.captured(), packet.senderIp(), packet.senderMac()));
    }
    Binding known = bindings.get(packet.senderIp());
    if (known == null) {
      bindings.put(packet.senderIp(), new Binding(packet.senderMac(), null));
      findings.tell(
          new ArpNew(packet.source(), packet.captured(), packet.senderIp(), packet.senderMac()));
    } else if (!known.holder.equals(packet.senderMac())) {
      bindings.put(packet.senderIp(), new Binding(packet.senderMac(), known.holder));
      changed(packet, known, now);
    }
  }

  private void changed(ArpPacket packet, Binding known, long now) {
    if (!packet.senderMac().equals(known.before)) {
      findings.tell(
          new ArpChanged(
              packet.source(),
              packet.captured(),
              packet.senderIp(),
              packet.senderMac(),
              known.holder));
      return;
    }
    findings.tell(
        new ArpFlipFlop(
            packet.source(),
            packet.captured(),
            packet.senderIp(),
            packet.senderMac(),
            known.holder));
    alerts.raise(
        Kind.ARP_SPOOFING,
        Severity.HIGH,
        now,
        packet.senderIp().getHostAddress(),
        () -> "claimed in turn by " + packet.senderMac() + " and " + known.holder);
  }

  /// Who holds an address, and who held it before.
  private record Binding(MacAddress holder, @Nullable MacAddress before) {}
}
