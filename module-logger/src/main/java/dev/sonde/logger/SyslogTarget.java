package dev.sonde.logger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where syslog listens, always on this machine: what the device heard is nobody else's affair, and
/// syslog is not encrypted.
///
/// @param address a loopback address or a Unix socket
/// @param isStream whether messages come one behind the other, each behind its length (RFC 6587
///     §3.4.1), rather than each in a datagram (RFC 5426)
record SyslogTarget(SocketAddress address, boolean isStream) {

  private static final Pattern IP = Pattern.compile("(udp|tcp):([^:]+|\\[[^]]+]):(\\d{1,5})");

  /// Reads `udp:127.0.0.1:514`, `tcp:[::1]:601` or `unix:/run/log.socket`.
  ///
  /// @throws IllegalArgumentException if it is none of them, or leads off this machine
  static SyslogTarget parse(String text) {
    if (text.startsWith("unix:/")) {
      Path path = Path.of(text.substring("unix:".length()));
      return new SyslogTarget(UnixDomainSocketAddress.of(path), true);
    }
    Matcher ip = IP.matcher(text);
    if (ip.matches() && Integer.parseInt(ip.group(3)) < 65_536) {
      InetSocketAddress address = loopback(ip.group(2), Integer.parseInt(ip.group(3)));
      return new SyslogTarget(address, ip.group(1).equals("tcp"));
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is no place for syslog; write udp:127.0.0.1:514, tcp:127.0.0.1:601 or"
            + " unix:/PATH");
  }

  private static InetSocketAddress loopback(String host, int port) {
    InetAddress address =
        host.equals("localhost")
            ? InetAddress.getLoopbackAddress()
            : InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""));
    if (!address.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          host + " is not this machine; let a syslog daemon here send it on");
    }
    return new InetSocketAddress(address, port);
  }

  /// A channel to it. A datagram channel is not connected: it does not mind that nobody listens.
  SelectableChannel open() throws IOException {
    return isStream ? SocketChannel.open(address) : DatagramChannel.open(family());
  }

  private StandardProtocolFamily family() {
    return ((InetSocketAddress) address).getAddress().getAddress().length == 4
        ? StandardProtocolFamily.INET
        : StandardProtocolFamily.INET6;
  }
}
