package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.net.InetAddress;

/// Asks to send an ARP request (RFC 826) from the interface's own addresses.
///
/// @param networkInterface the name of the interface, such as `eth0`
/// @param target whose MAC address is asked for; IPv4
@Topic("sonde/network/send/ARP_REQUEST")
public record SendArpRequest(String networkInterface, InetAddress target) implements SendCommand {}
