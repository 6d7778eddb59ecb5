package dev.sonde.event.network;

import dev.sonde.bus.Topic;

/// A capture began.
///
/// @param source which
/// @param linkType type of the link layer, a `LINKTYPE_` number of tcpdump.org
/// @param note what the user should know, such as why it is the sample and not the wire; may be
///     empty
@Topic(value = "sonde/network/capture/STARTED", key = "source", retained = true)
public record CaptureStarted(String source, int linkType, String note) implements CaptureEvent {}
