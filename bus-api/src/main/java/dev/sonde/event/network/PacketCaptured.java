package dev.sonde.event.network;

import dev.sonde.bus.Bytes;
import dev.sonde.bus.Topic;
import java.time.Instant;

/// A frame, as it was captured. Published only while somebody subscribes to it.
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

  @Override
  public int payloadBytes() {
    return data.length();
  }
}
