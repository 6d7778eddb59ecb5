package dev.sonde.network;

/// The two ends of a conversation and its protocol, the same for both directions. Filled anew to
/// look rows up; a row's own key is a copy that nobody changes.
final class FlowKey {

  private int protocol;
  private int ports;
  private long lowHigh;
  private long lowLow;
  private long highHigh;
  private long highLow;

  /// Whether the end that sorts first sent the packet.
  private boolean fromLow;

  FlowKey() {}

  private FlowKey(FlowKey other) {
    protocol = other.protocol;
    ports = other.ports;
    lowHigh = other.lowHigh;
    lowLow = other.lowLow;
    highHigh = other.highHigh;
    highLow = other.highLow;
  }

  void read(Frame frame, Layers layers) {
    boolean long16 = layers.addressBytes == 16;
    long sourceHigh = long16 ? frame.s64(layers.sourceAddressAt) : 0;
    long sourceLow = low(frame, layers.sourceAddressAt, long16);
    long targetHigh = long16 ? frame.s64(layers.targetAddressAt) : 0;
    long targetLow = low(frame, layers.targetAddressAt, long16);
    protocol = layers.protocol | (layers.addressBytes << 8);
    fromLow =
        isLow(sourceHigh, sourceLow, layers.sourcePort, targetHigh, targetLow, layers.targetPort);
    lowHigh = fromLow ? sourceHigh : targetHigh;
    lowLow = fromLow ? sourceLow : targetLow;
    highHigh = fromLow ? targetHigh : sourceHigh;
    highLow = fromLow ? targetLow : sourceLow;
    ports =
        fromLow
            ? (layers.sourcePort << 16) | layers.targetPort
            : (layers.targetPort << 16) | layers.sourcePort;
  }

  private static long low(Frame frame, int at, boolean long16) {
    return long16 ? frame.s64(at + 8) : frame.u32(at);
  }

  private static boolean isLow(
      long high, long low, int port, long otherHigh, long otherLow, int otherPort) {
    if (high != otherHigh) {
      return high < otherHigh;
    }
    return low == otherLow ? port <= otherPort : low < otherLow;
  }

  boolean fromLow() {
    return fromLow;
  }

  FlowKey copy() {
    return new FlowKey(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FlowKey that
        && protocol == that.protocol
        && ports == that.ports
        && lowLow == that.lowLow
        && highLow == that.highLow
        && lowHigh == that.lowHigh
        && highHigh == that.highHigh;
  }

  @Override
  public int hashCode() {
    long mixed = (lowLow * 31 + highLow) * 31 + lowHigh * 17 + highHigh;
    mixed = (mixed * 31 + ports) * 0x9E37_79B9_7F4A_7C15L + protocol;
    return (int) (mixed ^ (mixed >>> 32));
  }
}
