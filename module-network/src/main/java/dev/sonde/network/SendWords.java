package dev.sonde.network;

import dev.sonde.bus.Bytes;
import dev.sonde.event.network.MacAddress;
import dev.sonde.event.network.SendArpRequest;
import dev.sonde.event.network.SendCommand;
import dev.sonde.event.network.SendEcho;
import dev.sonde.event.network.SendFrame;
import dev.sonde.event.network.SendWakeOnLan;
import java.net.InetAddress;
import java.util.function.Function;

/// The words of `network:send`.
final class SendWords {

  private static final int FIRST_ECHO = 1;

  private SendWords() {}

  /// Reads them.
  ///
  /// @param what `arp`, `ping`, `wake` or `frame`
  /// @param to an IPv4 address, a MAC address, or bytes in hexadecimal
  /// @throws IllegalArgumentException if they make no sense, with what would
  static SendCommand parse(String networkInterface, String what, String to) {
    return switch (what) {
      case "arp" -> new SendArpRequest(networkInterface, address(to));
      case "ping" -> new SendEcho(networkInterface, address(to), FIRST_ECHO);
      case "wake" ->
          new SendWakeOnLan(
              networkInterface, read(to, MacAddress::parse, "MAC address", "02:00:5e:10:00:01"));
      case "frame" ->
          new SendFrame(
              networkInterface, read(to, Bytes::fromHex, "frame", "ffffffffffff02005e1000010806"));
      default ->
          throw new IllegalArgumentException(
              "There is no '" + what + "' to send; give arp, ping, wake or frame");
    };
  }

  private static InetAddress address(String text) {
    return read(text, InetAddress::ofLiteral, "IPv4 address", "192.0.2.1");
  }

  private static <T> T read(String text, Function<String, T> parser, String kind, String example) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no " + kind + "; give one such as " + example, e);
    }
  }
}
