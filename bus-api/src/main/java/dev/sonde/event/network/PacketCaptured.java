package dev.sonde.event.network;

import dev.sonde.bus.Bytes;
import dev.sonde.bus.Topic;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// A frame, as it was captured. Published only while somebody subscribes to it, and then often: a
/// subscription does well to be bounded in bytes, too ([dev.sonde.bus.Subscription#capacityBytes]).
///
/// The bytes are what there is; [#layers] reads headers out of them for those who ask.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param linkType type of the link layer, a `LINKTYPE_` number of tcpdump.org (1 is Ethernet, 127
///     is 802.11 with radiotap)
/// @param originalLengthBytes length on the wire, which may exceed what was captured
/// @param data what was captured, from the link layer's first byte
@Topic("sonde/network/PACKET")
public record PacketCaptured(
    String source, Instant captured, int linkType, int originalLengthBytes, Bytes data)
    implements NetworkEvent {

  /// The headers of the packet, from the outside in. Each is read when the stream comes to it, and
  /// each time anew. They end before a header that was not captured whole, or that this does not
  /// know: Ethernet, VLAN, 802.11 (also behind radiotap), ARP, IP, ICMP, UDP and TCP are known, on
  /// these links and on raw IP, loopback and Linux cooked ones. Whatever the bytes are, nothing is
  /// thrown. Fragments are not put together.
  ///
  /// ```java
  /// context.on(
  ///     PacketCaptured.class,
  ///     (packet, at) ->
  ///         packet
  ///             .layer(PacketLayer.Tcp.class)
  ///             .filter(tcp -> tcp.targetPort() == 1883)
  ///             .ifPresent(tcp -> System.out.println("MQTT from port " + tcp.sourcePort())));
  /// ```
  ///
  /// @return the layers, none where the link type is not known
  public Stream<PacketLayer> layers() {
    return Stream.iterate(
            LayerReader.first(linkType, data),
            Optional::isPresent,
            layer -> layer.flatMap(LayerReader::next))
        .flatMap(Optional::stream);
  }

  /// The first layer of a kind. What lies behind it is not read.
  ///
  /// @param <L> the kind
  /// @param type the kind
  /// @return empty if the packet has none
  public <L extends PacketLayer> Optional<L> layer(Class<L> type) {
    return layers().filter(type::isInstance).map(type::cast).findFirst();
  }

  @Override
  public int payloadBytes() {
    return data.length();
  }
}
