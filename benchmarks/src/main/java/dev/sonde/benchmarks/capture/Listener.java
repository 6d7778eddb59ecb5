package dev.sonde.benchmarks.capture;

import java.io.IOException;

/// What captures on [LiveRun#HEARING].
interface Listener {

  String name();

  /// Begins to capture.
  void begin() throws IOException, InterruptedException;

  /// Ends, when what was sent has had time to arrive.
  ///
  /// @param sent how many packets
  /// @return how many it took
  long end(long sent) throws IOException, InterruptedException;
}
