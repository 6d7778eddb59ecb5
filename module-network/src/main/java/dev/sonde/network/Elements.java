package dev.sonde.network;

import dev.sonde.event.network.RawText;
import dev.sonde.event.network.WifiSecurity;
import dev.sonde.event.network.WifiSecurity.Protocol;
import java.util.ArrayList;
import java.util.List;

/// The elements of a management frame's body that tell of the network (IEEE 802.11 clause 9.4.2).
/// Filled anew by each frame.
final class Elements {

  private static final int SSID = 0;
  private static final int DS_PARAMETER = 3;
  private static final int TRAFFIC_MAP = 5;
  private static final int QUIET_LOAD = 11;
  private static final int RSN = 48;
  private static final int HT_OPERATION = 61;
  private static final int VENDOR = 221;
  private static final int LONGEST_SSID_BYTES = 32;

  /// OUI and type of Microsoft's vendor elements.
  private static final int VENDOR_WPA = 0x0050F201;

  private static final int VENDOR_WPS = 0x0050F204;

  private RawText ssid = RawText.EMPTY;
  private int channel;
  private boolean wps;
  private WifiSecurity wpa = WifiSecurity.OPEN;
  private WifiSecurity rsn = WifiSecurity.OPEN;

  /// A number that changes when what [#read] finds changes, without an object.
  static long fingerprint(ByteView body, int from) {
    long mixed = 0;
    int at = from;
    while (at + 2 <= body.length()) {
      int id = body.u8(at);
      int end = Math.min(body.length(), at + 2 + body.u8(at + 1));
      for (int i = at; isConstant(id) && i < end; i++) {
        mixed = (mixed ^ body.u8(i)) * 0x100_0000_01B3L;
      }
      at = end;
    }
    return mixed;
  }

  private static boolean isConstant(int id) {
    return id != TRAFFIC_MAP && id != QUIET_LOAD;
  }

  /// Reads them; of a frame that breaks off within one, those before it.
  void read(ByteView body, int from) {
    ssid = RawText.EMPTY;
    channel = 0;
    wps = false;
    wpa = WifiSecurity.OPEN;
    rsn = WifiSecurity.OPEN;
    int at = from;
    while (at + 2 <= body.length()) {
      int end = at + 2 + body.u8(at + 1);
      body.require(at, end - at);
      element(body.u8(at), body, at + 2, end);
      at = end;
    }
  }

  private void element(int id, ByteView body, int at, int end) {
    switch (id) {
      case SSID -> ssid = ssid(body, at, end - at);
      case DS_PARAMETER -> channel = end > at ? body.u8(at) : channel;
      case HT_OPERATION -> channel = end > at && channel == 0 ? body.u8(at) : channel;
      case RSN -> rsn = suites(body, at + 2, end, true);
      case VENDOR -> vendor(body, at, end);
      default -> {}
    }
  }

  private static RawText ssid(ByteView body, int at, int length) {
    if (length > LONGEST_SSID_BYTES) {
      throw new IllegalArgumentException("A network's name of " + length + " bytes");
    }
    return length == 0 ? RawText.EMPTY : new RawText(body.bytes(at, length));
  }

  private void vendor(ByteView body, int at, int end) {
    int type = end - at >= 4 ? body.s32(at) : 0;
    if (type == VENDOR_WPA) {
      wpa = suites(body, at + 6, end, false);
    } else if (type == VENDOR_WPS) {
      wps = true;
    }
  }

  /// Group cipher, pair ciphers, key management: the same in RSN and WPA, behind a version. What is
  /// left out at the end has its default.
  private static WifiSecurity suites(ByteView body, int from, int end, boolean rsn) {
    ByteView suites = new ByteView().over(body, Math.min(from, end), end);
    String group = suites.length() >= 4 ? cipher(suites.u8(3)) : "";
    int pairsAt = 4;
    List<Integer> pairs = list(suites, pairsAt);
    int keysAt = pairsAt + 2 + 4 * pairs.size();
    List<Integer> keys = list(suites, keysAt);
    List<String> management = keys.stream().map(Elements::keyManagement).distinct().toList();
    return new WifiSecurity(
        rsn ? protocol(keys) : Protocol.WPA,
        management,
        pairs.stream().map(Elements::cipher).distinct().toList(),
        group);
  }

  /// The last bytes of a list of suites.
  private static List<Integer> list(ByteView suites, int at) {
    List<Integer> types = new ArrayList<>();
    int count = suites.length() >= at + 2 ? suites.u16LittleEndian(at) : 0;
    for (int i = 0; i < count; i++) {
      types.add(suites.u8(at + 2 + 4 * i + 3));
    }
    return types;
  }

  private static Protocol protocol(List<Integer> keys) {
    return keys.stream().anyMatch(Elements::isOfWpa3) ? Protocol.WPA3 : Protocol.WPA2;
  }

  private static boolean isOfWpa3(int key) {
    return switch (key) {
      case 8, 9, 11, 12, 13, 18, 24, 25 -> true;
      default -> false;
    };
  }

  /// Table 9-190.
  private static String cipher(int type) {
    return switch (type) {
      case 0 -> "group";
      case 1 -> "WEP-40";
      case 2 -> "TKIP";
      case 4 -> "CCMP";
      case 5 -> "WEP-104";
      case 6 -> "BIP-CMAC-128";
      case 8 -> "GCMP-128";
      case 9 -> "GCMP-256";
      case 10 -> "CCMP-256";
      default -> "cipher " + type;
    };
  }

  /// Table 9-191.
  private static String keyManagement(int type) {
    return switch (type) {
      case 1 -> "802.1X";
      case 2 -> "PSK";
      case 3 -> "FT-802.1X";
      case 4 -> "FT-PSK";
      case 5 -> "802.1X-SHA256";
      case 6 -> "PSK-SHA256";
      case 8 -> "SAE";
      case 9 -> "FT-SAE";
      case 11 -> "SUITE-B";
      case 12 -> "SUITE-B-192";
      case 13 -> "FT-802.1X-SHA384";
      case 18 -> "OWE";
      case 24 -> "SAE-EXT";
      case 25 -> "FT-SAE-EXT";
      default -> "AKM " + type;
    };
  }

  /// The network's name; empty where it is hidden, also behind zeros.
  RawText ssid() {
    boolean zeros = true;
    for (int i = 0; i < ssid.bytes().length(); i++) {
      zeros &= ssid.bytes().get(i) == 0;
    }
    return zeros ? RawText.EMPTY : ssid;
  }

  /// 0 where it is not told.
  int channel() {
    return channel;
  }

  boolean wps() {
    return wps;
  }

  /// The best protection that there is.
  ///
  /// @param privacy whether the capabilities ask for some
  WifiSecurity security(boolean privacy) {
    if (rsn.protocol() != Protocol.OPEN) {
      return rsn;
    }
    if (wpa.protocol() != Protocol.OPEN) {
      return wpa;
    }
    return privacy ? new WifiSecurity(Protocol.WEP, List.of(), List.of(), "") : WifiSecurity.OPEN;
  }
}
