package dev.sonde.network;

import dev.sonde.bus.Setting;
import java.time.Duration;
import java.util.List;

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
/// @param record `off`, `always`, or a topic pattern
/// @param recordFormat what recordings are written as
/// @param recordFileMegabytes how long a file may become
/// @param recordFileTime how much time a file may span
/// @param recordKeepMegabytes how much is kept
/// @param recordBefore how much is recorded from before an event
/// @param recordAfter how long is recorded after an event
/// @param monitor whether a live capture on Wi-Fi hears all of the air
/// @param sendOn interfaces on which frames may be sent
/// @param sendPerSecond how many frames may go out in a second
/// @param bufferMegabytes how much the kernel keeps for a live capture that falls behind
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
        Duration lostAfter,
    @Setting(
            value = "off",
            help = "off, always, or a topic around whose events is recorded, such as sonde/alert/*")
        RecordingChoice record,
    @Setting(value = "pcapng", help = "pcapng, or pcap for tools that read nothing else")
        RecordingFormat recordFormat,
    @Setting(value = "16", min = 1, max = 4_096, unit = "MB", help = "how long a file may become")
        int recordFileMegabytes,
    @Setting(value = "1h", min = 1_000, max = 604_800_000, help = "how much time a file may span")
        Duration recordFileTime,
    @Setting(
            value = "256",
            min = 2,
            max = 1_048_576,
            unit = "MB",
            help = "how much is kept; the oldest files go")
        int recordKeepMegabytes,
    @Setting(value = "10s", min = 0, max = 600_000, help = "recorded from before an event")
        Duration recordBefore,
    @Setting(value = "10s", min = 0, max = 3_600_000, help = "recorded after an event")
        Duration recordAfter,
    @Setting(value = "false", help = "live capture on Wi-Fi hears all of the air, if the card can")
        boolean monitor,
    @Setting(
            value = "4",
            min = 1,
            max = 1_024,
            unit = "MB",
            help = "how much the kernel keeps for a live capture that falls behind")
        int bufferMegabytes,
    @Setting(value = "", help = "interfaces on which frames may be sent; none for not at all")
        List<String> sendOn,
    @Setting(value = "10", min = 1, max = 100, help = "how many frames may go out in a second")
        int sendPerSecond) {

  NetworkConfig {
    sendOn = List.copyOf(sendOn);
  }

  /// Whether all of it is recorded.
  boolean isRecorded() {
    return record.always();
  }

  /// Whether `record` names events around which is recorded.
  boolean isRecordedOnEvents() {
    return record.around().isPresent();
  }
}
