package dev.sonde.network;

/// ARP packets of the sample (RFC 826).
final class SampleArp {

  private static final int REQUEST = 1;
  private static final int REPLY = 2;

  private SampleArp() {}

  static byte[] request(SampleHost asks, String address) {
    return arp(REQUEST, asks, 0, address);
  }

  static byte[] reply(SampleHost answers, SampleHost asked) {
    return arp(REPLY, answers, asked.mac(), asked.ip());
  }

  /// A device tells its own address to all (RFC 5227 §2.3).
  static byte[] announce(SampleHost host) {
    return arp(REQUEST, host, 0, host.ip());
  }

  private static byte[] arp(int operation, SampleHost sender, long targetMac, String targetIp) {
    return new PacketWriter()
        .u16(1)
        .u16(EtherType.IPV4)
        .u8(6)
        .u8(4)
        .u16(operation)
        .mac(sender.mac())
        .bytes(SampleIp.address(sender.ip()))
        .mac(targetMac)
        .bytes(SampleIp.address(targetIp))
        .done();
  }
}
