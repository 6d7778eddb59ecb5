package dev.sonde.event.network;

import dev.sonde.bus.Topic;

/// Asks to send a Wake-on-LAN packet: six bytes of ones, then the address sixteen times, to all.
///
/// @param networkInterface the name of the interface, such as `eth0`
/// @param target who is to wake up
@Topic("sonde/network/send/WAKE_ON_LAN")
public record SendWakeOnLan(String networkInterface, MacAddress target) implements SendCommand {}
