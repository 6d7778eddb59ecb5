package dev.sonde.event.network;

/// What happens to a capture itself.
public sealed interface CaptureEvent extends NetworkEvent
    permits CaptureStarted, CaptureInterrupted, CaptureResumed, CaptureStopped, CaptureFailed {

  /// Which capture.
  ///
  /// @return `live:eth0`, `pcap:FILE` or `sample`
  String source();
}
