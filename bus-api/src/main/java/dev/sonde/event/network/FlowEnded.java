package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.net.InetAddress;
import java.time.Instant;

/// A conversation between two ports, at its end.
///
/// @param source where it was heard
/// @param captured when its end was noticed, as the capture has it
/// @param protocol `TCP`, `UDP`, or `IP` and the number of another protocol, which has ports 0
/// @param client who sent the first packet that was heard
/// @param clientPort 0 to 65,535
/// @param server the other side
/// @param serverPort 0 to 65,535
/// @param start time of the first packet
/// @param end time of the last packet
/// @param packetsToServer how many
/// @param bytesToServer on the wire, from the network layer's first byte
/// @param packetsToClient how many
/// @param bytesToClient on the wire, from the network layer's first byte
/// @param reason why it counts as ended
@Topic("sonde/network/flow/ENDED")
public record FlowEnded(
    String source,
    Instant captured,
    String protocol,
    InetAddress client,
    int clientPort,
    InetAddress server,
    int serverPort,
    Instant start,
    Instant end,
    long packetsToServer,
    long bytesToServer,
    long packetsToClient,
    long bytesToClient,
    Reason reason)
    implements NetworkEvent {

  /// Why a flow counts as ended.
  public enum Reason {
    /// Both sides of a TCP connection closed it.
    FINISHED,
    /// A TCP connection was reset.
    RESET,
    /// Nothing was heard of it for a while.
    IDLE,
    /// It had to make room for others.
    EVICTED,
    /// The capture ended.
    CAPTURE_ENDED
  }
}
