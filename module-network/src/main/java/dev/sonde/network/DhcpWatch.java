package dev.sonde.network;

import dev.sonde.event.network.DhcpMessage;
import dev.sonde.event.network.NetworkAlert.Kind;
import dev.sonde.event.network.NetworkAlert.Severity;
import dev.sonde.event.network.RawText;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// DHCP (RFC 2131, options of RFC 2132).
final class DhcpWatch {

  private static final int CLIENT_IP_OFFSET = 12;
  private static final int YOUR_IP_OFFSET = 16;
  private static final int CLIENT_MAC_OFFSET = 28;
  private static final int COOKIE_OFFSET = 236;
  private static final int COOKIE = 0x63825363;
  private static final int IPV4_BYTES = 4;

  private static final int PAD = 0;
  private static final int HOST_NAME = 12;
  private static final int REQUESTED_IP = 50;
  private static final int LEASE = 51;
  private static final int MESSAGE_TYPE = 53;
  private static final int SERVER = 54;
  private static final int VENDOR_CLASS = 60;
  private static final int END = 255;

  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int TOO_MANY_CLIENTS = 20;

  private final Findings findings;
  private final Alerts alerts;
  private final ByteView message = new ByteView();
  private final Threshold clients = new Threshold(WINDOW_NANOS, TOO_MANY_CLIENTS);
  private final Set<Long> asking = new HashSet<>();

  DhcpWatch(Findings findings, Alerts alerts) {
    this.findings = findings;
    this.alerts = alerts;
  }

  void datagram(Frame frame, Layers layers) {
    findings.count(Counter.DHCP);
    message.over(frame, layers.payloadAt, layers.end);
    String type = type();
    findings.tell(
        new DhcpMessage(
            findings.source(),
            frame.captured(),
            type,
            message.u32(4),
            message.macAddress(CLIENT_MAC_OFFSET),
            address(),
            addressOption(SERVER),
            textOption(HOST_NAME),
            textOption(VENDOR_CLASS),
            lease()));
    if (type.equals("DISCOVER")) {
      discovering(message.mac(CLIENT_MAC_OFFSET), frame.capturedNanos());
    }
  }

  private String type() {
    int at = option(MESSAGE_TYPE);
    if (at == Layers.NONE) {
      return "BOOTP";
    }
    int number = message.u8(at);
    return switch (number) {
      case 1 -> "DISCOVER";
      case 2 -> "OFFER";
      case 3 -> "REQUEST";
      case 4 -> "DECLINE";
      case 5 -> "ACK";
      case 6 -> "NAK";
      case 7 -> "RELEASE";
      case 8 -> "INFORM";
      default -> "TYPE" + number;
    };
  }

  /// What the server gives, else what the client asks for, else what it holds.
  private Optional<InetAddress> address() {
    return given(YOUR_IP_OFFSET)
        .or(() -> addressOption(REQUESTED_IP))
        .or(() -> given(CLIENT_IP_OFFSET));
  }

  private Optional<InetAddress> given(int at) {
    return Optional.of(message.address(at, IPV4_BYTES)).filter(ip -> !ip.isAnyLocalAddress());
  }

  private Optional<InetAddress> addressOption(int code) {
    int at = option(code);
    return at == Layers.NONE ? Optional.empty() : Optional.of(message.address(at, IPV4_BYTES));
  }

  private RawText textOption(int code) {
    int at = option(code);
    return at == Layers.NONE ? RawText.EMPTY : new RawText(message.bytes(at, message.u8(at - 1)));
  }

  private Optional<Duration> lease() {
    int at = option(LEASE);
    return at == Layers.NONE ? Optional.empty() : Optional.of(Duration.ofSeconds(message.u32(at)));
  }

  /// Where an option's value begins, or [Layers#NONE].
  private int option(int code) {
    if (message.s32(COOKIE_OFFSET) != COOKIE) {
      return Layers.NONE;
    }
    int at = COOKIE_OFFSET + Integer.BYTES;
    while (at < message.length() && message.u8(at) != END) {
      if (message.u8(at) == code) {
        message.require(at + 2, message.u8(at + 1));
        return at + 2;
      }
      at += message.u8(at) == PAD ? 1 : 2 + message.u8(at + 1);
    }
    return Layers.NONE;
  }

  /// Many clients at once that nobody heard of: somebody uses up the server's addresses.
  private void discovering(long client, long now) {
    if (clients.refresh(now)) {
      asking.clear();
    }
    if (asking.size() < TOO_MANY_CLIENTS && asking.add(client) && clients.isReached(now)) {
      alerts.raise(
          Kind.DHCP_STARVATION,
          Severity.MEDIUM,
          now,
          "DHCP",
          () -> TOO_MANY_CLIENTS + " clients asked for addresses within 10 s");
    }
  }
}
