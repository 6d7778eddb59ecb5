package dev.sonde.network;

import java.util.ArrayDeque;

/// The last frames, so that a recording can begin before its cause. Bounded in time and in bytes.
final class FrameRing {

  private final long mostNanos;
  private final long mostBytes;
  private final ArrayDeque<Frame> frames = new ArrayDeque<>();
  private long bytes;

  /// @param mostNanos how far back it reaches, 0 for not at all
  /// @param mostBytes how much it keeps
  FrameRing(long mostNanos, long mostBytes) {
    this.mostNanos = mostNanos;
    this.mostBytes = mostBytes;
  }

  /// Keeps a copy of a frame, and lets go of those that are too old or too many.
  void keep(Frame frame) {
    if (mostNanos > 0) {
      Frame copy = new Frame();
      copy.over(frame.copy(0, frame.length()), 0, frame.length());
      frames.add(
          copy.described(frame.capturedNanos(), frame.linkType(), frame.originalLengthBytes()));
      bytes += frame.length();
      while (bytes > mostBytes || isTooOld(frames.getFirst(), frame.capturedNanos())) {
        bytes -= frames.removeFirst().length();
      }
    }
  }

  private boolean isTooOld(Frame kept, long now) {
    return now - kept.capturedNanos() > mostNanos;
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  /// The oldest frame, which is no longer kept.
  Frame take() {
    Frame oldest = frames.removeFirst();
    bytes -= oldest.length();
    return oldest;
  }
}
