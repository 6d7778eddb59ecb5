package dev.sonde.event.network;

import dev.sonde.bus.Event;

/// What the network module hears, and what it tells of its own work.
public sealed interface NetworkEvent extends Event
    permits PacketCaptured,
        ArpEvent,
        DnsEvent,
        MdnsEvent,
        DhcpMessage,
        TlsClientHello,
        WifiEvent,
        FlowEnded,
        HostNew,
        NetworkAlert,
        CaptureEvent,
        RecordingEvent,
        SendCommand,
        SendResult,
        CaptureStatistics {}
