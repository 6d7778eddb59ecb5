package dev.sonde.network;

import dev.sonde.event.network.FlowEnded;
import dev.sonde.event.network.FlowEnded.Reason;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A conversation between two ports. Who sent the first packet that was heard is the client.
final class Flow {

  final FlowKey key;
  private final boolean clientIsLow;
  private final int protocol;
  private final InetAddress client;
  private final InetAddress server;
  private final int clientPort;
  private final int serverPort;
  private final long startNanos;
  private final Direction toServer = new Direction();
  private final Direction toClient = new Direction();
  private long lastNanos;
  private boolean told;

  Flow(FlowKey probe, Frame frame, Layers layers) {
    key = probe.copy();
    clientIsLow = probe.fromLow();
    protocol = layers.protocol;
    client = frame.address(layers.sourceAddressAt, layers.addressBytes);
    server = frame.address(layers.targetAddressAt, layers.addressBytes);
    clientPort = layers.sourcePort;
    serverPort = layers.targetPort;
    startNanos = frame.capturedNanos();
  }

  /// Counts a packet.
  ///
  /// @param fromLow as its key has it
  void packet(boolean fromLow, Frame frame, Layers layers) {
    lastNanos = frame.capturedNanos();
    Direction direction = direction(fromLow);
    direction.packets++;
    direction.bytes += layers.ipBytes;
    direction.finished |= layers.hasFlag(IpLayer.FIN);
  }

  /// What is kept of one direction, by the key of one of its packets.
  Direction direction(boolean fromLow) {
    return fromLow == clientIsLow ? toServer : toClient;
  }

  InetAddress client() {
    return client;
  }

  InetAddress server() {
    return server;
  }

  int clientPort() {
    return clientPort;
  }

  int serverPort() {
    return serverPort;
  }

  long lastNanos() {
    return lastNanos;
  }

  /// Whether both sides have closed the connection, and that was heard of once more.
  boolean isFinished(Layers layers) {
    return toServer.finished && toClient.finished && !layers.hasFlag(IpLayer.FIN);
  }

  boolean isTold() {
    return told;
  }

  List<Direction> directions() {
    return List.of(toServer, toClient);
  }

  /// Its end, which is told once.
  FlowEnded end(String source, long now, Reason reason) {
    told = true;
    return new FlowEnded(
        source,
        Frame.instant(now),
        protocolName(),
        client,
        clientPort,
        server,
        serverPort,
        Frame.instant(startNanos),
        Frame.instant(lastNanos),
        toServer.packets,
        toServer.bytes,
        toClient.packets,
        toClient.bytes,
        reason);
  }

  private String protocolName() {
    return switch (protocol) {
      case IpLayer.TCP -> "TCP";
      case IpLayer.UDP -> "UDP";
      default -> "IP " + protocol;
    };
  }

  /// One direction of a conversation.
  static final class Direction {

    private long packets;
    private long bytes;
    private boolean finished;

    /// The sequence number of the last ClientHello, so that a repeated segment does not count.
    long helloSequence = Layers.NONE;

    /// A message that is not whole yet.
    @Nullable SegmentBuffer pending;
  }
}
