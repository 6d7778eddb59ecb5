package dev.sonde.network;

/// What stands behind a link layer, by its EtherType (iana.org/assignments/ieee-802-numbers).
final class EtherType {

  static final int NONE = -1;
  static final int IPV4 = 0x0800;
  static final int ARP = 0x0806;
  static final int VLAN = 0x8100;
  static final int IPV6 = 0x86DD;
  static final int EAPOL = 0x888E;
  static final int VLAN_SERVICE = 0x88A8;
  static final int VLAN_OLD_SERVICE = 0x9100;

  private EtherType() {}
}
