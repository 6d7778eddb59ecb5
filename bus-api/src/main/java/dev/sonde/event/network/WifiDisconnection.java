package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.time.Instant;

/// Deauthentication or disassociation: one event for each burst of such frames between two.
///
/// The first frame of a burst is told at once; the frames after it, until a second without one has
/// passed, in one further event.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param deauthentication true for deauthentication, false for disassociation
/// @param bssid the access point
/// @param from who sends, by its own account; such frames are forged easily
/// @param to whom it is for; may be all
/// @param reason as IEEE 802.11 table 9-49 has them, of the last frame
/// @param frames how many this event stands for
@Topic("sonde/network/wifi/DISCONNECTION")
public record WifiDisconnection(
    String source,
    Instant captured,
    boolean deauthentication,
    MacAddress bssid,
    MacAddress from,
    MacAddress to,
    int reason,
    int frames)
    implements WifiEvent {}
