package dev.sonde.event.network;

import java.util.Optional;

/// An access point as its beacons and probe responses describe it.
///
/// @param bssid its address
/// @param ssid the network's name; empty while it hides it
/// @param hidden whether its beacons leave the name out
/// @param channel as it says itself, else from the frequency; 0 if neither is known
/// @param frequencyMHz on which it was heard; 0 where the capture does not tell
/// @param signalDbm how strong; empty where the capture does not tell
/// @param security how the network protects itself
/// @param beaconIntervalTu time between beacons, in units of 1,024 µs
/// @param wps whether it offers Wi-Fi Protected Setup
public record AccessPoint(
    MacAddress bssid,
    RawText ssid,
    boolean hidden,
    int channel,
    int frequencyMHz,
    Optional<Integer> signalDbm,
    WifiSecurity security,
    int beaconIntervalTu,
    boolean wps) {}
