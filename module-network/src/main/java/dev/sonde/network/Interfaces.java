package dev.sonde.network;

import dev.sonde.bus.Bytes;
import dev.sonde.event.network.MacAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pcap4j.core.PcapAddress;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;

/// The interfaces that libpcap can capture on.
final class Interfaces {

  /// What libpcap lists beside real interfaces, by the beginnings of their names.
  private static final Set<String> PSEUDO =
      Set.of("any", "nflog", "nfqueue", "bluetooth", "usbmon", "dbus");

  private static final int MAC_BYTES = 6;

  private Interfaces() {}

  /// All of them, as the system lists them.
  ///
  /// @throws CaptureException if there is no libpcap or it can not tell
  static List<NetworkInterface> list() throws CaptureException {
    try {
      List<NetworkInterface> found = new ArrayList<>();
      for (PcapNetworkInterface each : Pcaps.findAllDevs()) {
        found.add(of(each));
      }
      return found;
    } catch (PcapNativeException e) {
      throw new CaptureException(
          "libpcap can not list interfaces: " + e.getMessage(), "ip link lists them, too");
    } catch (LinkageError e) {
      throw Libpcap.missing(e);
    }
  }

  /// The one of a name.
  ///
  /// @throws CaptureException if there is none, or as [#list]
  static NetworkInterface named(String name) throws CaptureException {
    return list().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Libpcap.noInterface(name));
  }

  /// The one to listen on if nobody says: up, no loopback, and with a link; first those with an
  /// address.
  static Optional<NetworkInterface> best(List<NetworkInterface> interfaces) {
    return interfaces.stream()
        .filter(each -> each.up() && !each.loopback() && !isPseudo(each.name()))
        .max(
            Comparator.comparing(NetworkInterface::running)
                .thenComparing(each -> !each.addresses().isEmpty()));
  }

  /// What a user may want to see: not what libpcap could capture on if only it were there.
  static List<NetworkInterface> shown() throws CaptureException {
    return list().stream().filter(each -> each.up() || !isPseudo(each.name())).toList();
  }

  static boolean isPseudo(String name) {
    return PSEUDO.stream().anyMatch(name::startsWith);
  }

  private static NetworkInterface of(PcapNetworkInterface found) {
    return new NetworkInterface(
        found.getName(),
        found.getAddresses().stream()
            .map(PcapAddress::getAddress)
            .filter(address -> address != null)
            .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
            .toList(),
        Arphrd.of(found.getName()),
        found.isUp(),
        found.isRunning(),
        found.isLoopBack(),
        mac(found));
  }

  private static Optional<MacAddress> mac(PcapNetworkInterface found) {
    return found.getLinkLayerAddresses().stream()
        .filter(address -> address.length() == MAC_BYTES)
        .map(address -> MacAddress.of(Bytes.copyOf(address.getAddress())))
        .findFirst();
  }

  /// An interface.
  ///
  /// @param name for example `eth0`
  /// @param addresses IPv4 and IPv6
  /// @param linkType in a word, see [Arphrd]
  /// @param up whether it is switched on
  /// @param running whether it has a link
  /// @param loopback whether it leads back to this device
  /// @param mac its own address, where its link has such
  record NetworkInterface(
      String name,
      List<String> addresses,
      String linkType,
      boolean up,
      boolean running,
      boolean loopback,
      Optional<MacAddress> mac) {

    String state() {
      if (!up) {
        return "down";
      }
      return running ? "up" : "no link";
    }
  }
}
