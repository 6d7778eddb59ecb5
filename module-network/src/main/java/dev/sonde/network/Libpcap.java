package dev.sonde.network;

import java.util.Locale;

/// What libpcap says, in words for the user and with what to do about it.
final class Libpcap {

  private Libpcap() {}

  /// The library is not there, or can not be loaded.
  static CaptureException missing(LinkageError error) {
    return new CaptureException(
        "libpcap can not be loaded: " + firstLine(rootOf(error)).replaceFirst(":$", ""),
        "Install it: sudo apt install libpcap0.8");
  }

  /// An interface could not be opened.
  ///
  /// @param name the interface
  /// @param message what libpcap says
  static CaptureException notOpened(String name, String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("permi") || lower.contains("not permitted")) {
      return new CaptureException("No permission to capture on " + name, permissionRemedy());
    }
    if (lower.contains("no such device") || lower.contains("not exist")) {
      return noInterface(name);
    }
    if (lower.contains("not up") || lower.contains("is down")) {
      return down(name);
    }
    if (lower.contains("monitor")) {
      return new CaptureException(
          "The interface " + name + " has no monitor mode",
          "Set monitor = false in conf/network.cfg, or use a card that can: iw list tells");
    }
    return new CaptureException(
        "Can not capture on " + name + ": " + plain(message), "ip link lists what there is");
  }

  static LinkException noInterface(String name) {
    return new LinkException("There is no interface " + name, "ip link lists those there are");
  }

  /// A capture ended by itself.
  static CaptureException brokenOff(String name, String message) {
    return message.contains("disappeared")
        ? noInterface(name)
        : new CaptureException(
            "The capture on " + name + " broke off: " + plain(message),
            "Check the interface: ip link show " + name);
  }

  static LinkException down(String name) {
    return new LinkException(
        "The interface " + name + " is down", "Bring it up: sudo ip link set " + name + " up");
  }

  /// A filter was not accepted.
  ///
  /// @param expression the filter
  /// @param message what its compiler says
  static CaptureException badFilter(String expression, String message) {
    return new CaptureException(
        "The filter \"" + expression + "\" is not valid: " + plain(message),
        "Correct filter in conf/network.cfg; man pcap-filter describes it");
  }

  /// Without the name of libpcap's function, which pcap4j puts in front.
  private static String plain(String message) {
    return message.replaceFirst("^Error occurred in \\w+(\\(\\))?: ", "");
  }

  /// Ambient capabilities, since `setcap` on `java` would stop it from finding its own libraries.
  private static String permissionRemedy() {
    return "Give it CAP_NET_RAW: sudo setpriv --reuid $(id -u) --regid $(id -g) --init-groups"
        + " --inh-caps +net_raw --ambient-caps +net_raw ./sonde run;"
        + " under systemd: AmbientCapabilities=CAP_NET_RAW";
  }

  private static Throwable rootOf(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String firstLine(Throwable error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("").strip();
  }
}
