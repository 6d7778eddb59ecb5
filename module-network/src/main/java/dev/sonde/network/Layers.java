package dev.sonde.network;

/// Where the layers of one frame begin: read once, used by all that look at the frame, filled anew
/// for the next one. Offsets count from the frame's first byte.
final class Layers {

  /// There is no such address, offset or number in this frame.
  static final int NONE = -1;

  /// Who sent and who receives, as far as the link layer tells.
  long sourceMac;

  long targetMac;

  /// The 802.11 header and the end of its frame without the check sequence.
  int dot11At;

  int dot11End;
  int frequencyMHz;
  int signalDbm;

  /// See [EtherType].
  int etherType;

  int networkAt;

  /// IP: the protocol behind all extension headers, where the addresses stand, how long each is.
  int protocol;

  int sourceAddressAt;
  int targetAddressAt;
  int addressBytes;

  /// Whether the payload is only a part of a longer packet.
  boolean fragment;

  int transportAt;

  /// The end of the IP packet, without padding of the link layer; the end of what was captured if
  /// that comes first.
  int end;

  /// What the IP header says of the packet's length, in bytes.
  int ipBytes;

  /// TCP and UDP.
  int sourcePort;

  int targetPort;
  int payloadAt;
  long sequence;
  int tcpFlags;

  /// No layer known yet.
  void clear() {
    sourceMac = NONE;
    targetMac = NONE;
    dot11At = NONE;
    frequencyMHz = 0;
    signalDbm = 0;
    etherType = EtherType.NONE;
    networkAt = NONE;
    protocol = NONE;
    fragment = false;
    transportAt = NONE;
    payloadAt = NONE;
    sourcePort = 0;
    targetPort = 0;
    tcpFlags = 0;
  }

  void network(int type, int at) {
    etherType = type;
    networkAt = at;
  }

  boolean isUdp() {
    return protocol == IpLayer.UDP && payloadAt != NONE;
  }

  boolean isTcp() {
    return protocol == IpLayer.TCP && payloadAt != NONE;
  }

  boolean isPort(int port) {
    return sourcePort == port || targetPort == port;
  }

  boolean hasFlag(int flag) {
    return (tcpFlags & flag) != 0;
  }
}
