package dev.sonde.event.network;

import dev.sonde.bus.Topic;

/// The figures of one capture since it began; published once a second while they change, and at its
/// end. The counters of frames carry the names that the independent counts of the test captures
/// have.
///
/// @param source which capture
/// @param packets frames delivered by the source
/// @param bytes captured bytes of these frames
/// @param arp frames with an ARP packet
/// @param dns_query frames with a DNS query
/// @param dns_response frames with a DNS response
/// @param parseErrors frames that could not be dissected to the end
/// @param droppedByKernel frames lost because the capture's buffer was full, 0 for files
/// @param droppedByInterface frames lost by the interface, 0 for files
@Topic(value = "sonde/network/STATISTICS", key = "source", retained = true)
@SuppressWarnings("MemberName")
public record CaptureStatistics(
    String source,
    long packets,
    long bytes,
    long arp,
    long dns_query,
    long dns_response,
    long parseErrors,
    long droppedByKernel,
    long droppedByInterface)
    implements NetworkEvent {}
