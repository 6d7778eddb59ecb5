package dev.sonde.network;

/// Which frames of a source count.
@FunctionalInterface
interface FrameFilter extends AutoCloseable {

  /// All of them: nothing is filtered, or the kernel does it.
  FrameFilter ALL = frame -> true;

  /// For a BPF expression over recorded frames.
  ///
  /// @param expression all frames if it is blank
  /// @param linkType of the frames to come first
  /// @throws CaptureException if it is not valid, or there is no libpcap
  static FrameFilter of(String expression, int linkType) throws CaptureException {
    return expression.isBlank() ? ALL : BpfFrameFilter.compile(expression.strip(), linkType);
  }

  boolean accepts(Frame frame) throws CaptureException;

  @Override
  default void close() {}
}
