package dev.sonde.network;

import dev.sonde.event.network.MacAddress;
import dev.sonde.event.network.SendArpRequest;
import dev.sonde.event.network.SendCommand;
import dev.sonde.event.network.SendEcho;
import dev.sonde.event.network.SendFrame;
import dev.sonde.event.network.SendWakeOnLan;
import java.net.Inet4Address;
import java.net.InetAddress;

/// Builds what is asked to be sent.
final class OutgoingFrame {

  private static final int LEAST_BYTES = 14;
  private static final int MOST_BYTES = 1_514;
  private static final int ECHO_REQUEST = 8;
  private static final int WAKE_ON_LAN = 0x0842;
  private static final int REPETITIONS = 16;

  private OutgoingFrame() {}

  /// The bytes of a frame, from the link layer on.
  ///
  /// @throws CaptureException if it can not be built
  static byte[] of(SendCommand command) throws CaptureException {
    if (command instanceof SendFrame raw) {
      return raw(raw);
    }
    OwnAddresses own = OwnAddresses.of(Interfaces.named(command.networkInterface()));
    return switch (command) {
      case SendFrame raw -> raw(raw);
      case SendArpRequest arp -> arp(arp, own);
      case SendEcho echo -> echo(echo, own, NextHop.ofSystem());
      case SendWakeOnLan wake -> wake(wake.target(), own);
    };
  }

  private static byte[] raw(SendFrame command) throws CaptureException {
    int length = command.data().length();
    if (length < LEAST_BYTES || length > MOST_BYTES) {
      throw new CaptureException(
          "A frame of " + length + " bytes is none",
          "Give " + LEAST_BYTES + " to " + MOST_BYTES + " bytes, from the link layer on");
    }
    return command.data().toArray();
  }

  static byte[] arp(SendArpRequest command, OwnAddresses own) throws CaptureException {
    SampleHost self = new SampleHost(own.mac().value(), own.ip(), "::");
    return ethernet(
        SampleHost.BROADCAST, own, EtherType.ARP, SampleArp.request(self, ipv4(command.target())));
  }

  static byte[] echo(SendEcho command, OwnAddresses own, NextHop nextHop) throws CaptureException {
    String name = command.networkInterface();
    if (!own.hasIp()) {
      throw new CaptureException(
          "The interface " + name + " has no IPv4 address to be answered at",
          "Give it one: sudo ip address add 192.0.2.10/24 dev " + name);
    }
    String target = ipv4(command.target());
    MacAddress to = nextHop.towards(name, target);
    byte[] echo = SampleIp.echo(ECHO_REQUEST, own.ip(), target, command.sequence());
    return ethernet(to.value(), own, EtherType.IPV4, echo);
  }

  static byte[] wake(MacAddress target, OwnAddresses own) {
    PacketWriter magic = new PacketWriter().mac(SampleHost.BROADCAST);
    for (int i = 0; i < REPETITIONS; i++) {
      magic.mac(target.value());
    }
    return ethernet(SampleHost.BROADCAST, own, WAKE_ON_LAN, magic.done());
  }

  private static byte[] ethernet(long to, OwnAddresses own, int type, byte[] packet) {
    return new PacketWriter().mac(to).mac(own.mac().value()).u16(type).bytes(packet).done();
  }

  private static String ipv4(InetAddress address) throws CaptureException {
    if (address instanceof Inet4Address) {
      return address.getHostAddress();
    }
    throw new CaptureException(
        address.getHostAddress() + " is no IPv4 address", "Give one such as 192.0.2.1");
  }
}
