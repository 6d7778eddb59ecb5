package dev.sonde.event.network;

import dev.sonde.bus.Event;

/// What the network module hears.
public sealed interface NetworkEvent extends Event
    permits PacketCaptured, ArpPacket, DnsEvent, CaptureEvent, CaptureStatistics {}
