package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.net.InetAddress;

/// Asks to send an ICMP echo request (RFC 792), known as ping, from the interface's own addresses.
/// The system must know the MAC address of the target, or of the gateway to it.
///
/// @param networkInterface the name of the interface, such as `eth0`
/// @param target who is to answer; IPv4
/// @param sequence 0 to 65,535
@Topic("sonde/network/send/ECHO")
public record SendEcho(String networkInterface, InetAddress target, int sequence)
    implements SendCommand {}
