package dev.sonde.event.network;

/// What happens to the recording of a capture.
public sealed interface RecordingEvent extends NetworkEvent
    permits RecordingStarted, RecordingStopped {

  /// Which capture is recorded.
  ///
  /// @return `live:eth0`, `pcap:FILE` or `sample`
  String source();

  /// Where.
  ///
  /// @return the path of a pcapng file
  String file();
}
