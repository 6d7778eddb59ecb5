package dev.sonde.network;

import dev.sonde.event.network.MacAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// To whom a packet is handed on its link: to its target or to a gateway, as the system's routes
/// and neighbours say.
///
/// @param routes lines of `/proc/net/route`
/// @param neighbours lines of `/proc/net/arp`
record NextHop(List<String> routes, List<String> neighbours) {

  private static final Path ROUTES = Path.of("/proc/net/route");
  private static final Path NEIGHBOURS = Path.of("/proc/net/arp");

  /// As the system has them now.
  ///
  /// @throws CaptureException if it does not tell
  static NextHop ofSystem() throws CaptureException {
    try {
      return new NextHop(Files.readAllLines(ROUTES), Files.readAllLines(NEIGHBOURS));
    } catch (IOException e) {
      throw new CaptureException(
          "The system's routes and neighbours can not be read: " + e, "Send a raw frame");
    }
  }

  /// The MAC address for packets to an IPv4 address.
  ///
  /// @throws CaptureException if the system does not know it
  MacAddress towards(String networkInterface, String target) throws CaptureException {
    String hop = gatewayOrSelf(networkInterface, target);
    for (String line : neighbours) {
      String[] columns = line.strip().split("\\s+", -1);
      boolean known = columns.length == 6 && !columns[2].equals("0x0");
      if (known && columns[0].equals(hop) && columns[5].equals(networkInterface)) {
        return MacAddress.parse(columns[3]);
      }
    }
    throw new CaptureException(
        "The MAC address of " + hop + " on " + networkInterface + " is not known",
        "Let the system ask for it: ping -c 1 " + hop);
  }

  private String gatewayOrSelf(String networkInterface, String target) {
    int address = number(SampleIp.address(target));
    return routes.stream()
        .skip(1)
        .map(line -> line.strip().split("\\s+", -1))
        .filter(columns -> columns.length >= 8 && columns[0].equals(networkInterface))
        .map(Route::of)
        .filter(route -> (address & route.mask) == route.destination)
        .max(Comparator.comparingInt(route -> Integer.bitCount(route.mask)))
        .filter(route -> route.gateway != 0)
        .map(route -> literal(route.gateway))
        .orElse(target);
  }

  private static int number(byte[] address) {
    return ((address[0] & 0xFF) << 24)
        | ((address[1] & 0xFF) << 16)
        | ((address[2] & 0xFF) << 8)
        | (address[3] & 0xFF);
  }

  private static String literal(int address) {
    try {
      byte[] bytes = {
        (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
      };
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (IOException e) {
      throw new IllegalStateException("Four bytes are an address", e);
    }
  }

  /// The addresses have their first byte in the highest place.
  private record Route(int destination, int gateway, int mask) {

    private static Route of(String[] columns) {
      return new Route(hex(columns[1]), hex(columns[2]), hex(columns[7]));
    }

    /// The kernel prints the four bytes as a number of the machine, whose lowest byte comes first.
    private static int hex(String text) {
      return Integer.reverseBytes(Integer.parseUnsignedInt(text, 16));
    }
  }
}
