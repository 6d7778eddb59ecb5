package dev.sonde.network;

/// Link types by their `LINKTYPE_` numbers (tcpdump.org/linktypes.html).
final class LinkType {

  static final int NULL = 0;
  static final int ETHERNET = 1;
  static final int PPP = 9;
  static final int RAW = 101;
  static final int IEEE802_11 = 105;
  static final int LOOP = 108;
  static final int LINUX_SLL = 113;
  static final int IEEE802_11_PRISM = 119;
  static final int IEEE802_11_RADIOTAP = 127;
  static final int PPI = 192;
  static final int IPV4 = 228;
  static final int IPV6 = 229;
  static final int LINUX_SLL2 = 276;

  /// Some systems' own numbers for raw IP, which libpcap hands out for live captures.
  private static final int DLT_RAW_LINUX = 12;

  private static final int DLT_RAW_OPENBSD = 14;

  private LinkType() {}

  /// From libpcap's `DLT_` number of a live capture, which differs where systems do.
  static int ofDlt(int dlt) {
    return dlt == DLT_RAW_LINUX || dlt == DLT_RAW_OPENBSD ? RAW : dlt;
  }
}
