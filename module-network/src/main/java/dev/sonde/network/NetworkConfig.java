package dev.sonde.network;

import dev.sonde.bus.Setting;
import java.time.Duration;

/// The module's settings, in `conf/network.cfg`.
///
/// @param source where packets come from, see [SourceChoice]
/// @param filter a BPF expression, empty for everything
/// @param snapLengthBytes how much of each frame a live capture keeps
/// @param promiscuous whether a live capture hears frames for others too
/// @param speed how fast files and the sample play, see [Speed]
/// @param repeat whether the sample starts over at its end
/// @param statisticsPeriod how often figures come while they change
/// @param stateRows how many rows each table of state may have
/// @param lostAfter how long something may be silent before it counts as gone
record NetworkConfig(
    @Setting(value = "auto", help = "auto, live:IFACE, pcap:FILE or sample") String source,
    @Setting(value = "", help = "BPF expression, such as: arp or udp port 53") String filter,
    @Setting(
            value = "65535",
            min = 64,
            max = 262_144,
            unit = "bytes",
            help = "how much of each frame a live capture keeps")
        int snapLengthBytes,
    @Setting(value = "true", help = "live capture hears frames for others too") boolean promiscuous,
    @Setting(value = "auto", help = "auto, max, or a factor such as 1 or 10") String speed,
    @Setting(value = "true", help = "the sample starts over at its end") boolean repeat,
    @Setting(value = "1s", min = 100, max = 3_600_000, help = "how often figures come")
        Duration statisticsPeriod,
    @Setting(
            value = "4096",
            min = 16,
            max = 1_048_576,
            help = "how many rows each table of state may have: flows, hosts, access points, ...")
        int stateRows,
    @Setting(
            value = "60s",
            min = 1_000,
            max = 86_400_000,
            help = "how long something may be silent before it counts as gone")
        Duration lostAfter) {}
