package dev.sonde.network;

import java.nio.file.Path;
import java.time.Duration;

/// How a capture is recorded.
///
/// @param folder where to
/// @param format of the files
/// @param fileBytes how long a file may become
/// @param fileTime how much time a file may span, as the packets have it
/// @param before how much is recorded from before a trigger; nothing where there are no triggers
/// @param after how long is recorded after a trigger
record RecordingPlan(
    RecordingFolder folder,
    RecordingFormat format,
    long fileBytes,
    Duration fileTime,
    Duration before,
    Duration after) {

  /// What a ring may hold of what comes before a trigger.
  static final long RING_BYTES = 8L << 20;

  private static final long MEGABYTE = 1L << 20;

  static RecordingPlan of(NetworkConfig config, Path dataDirectory) {
    return new RecordingPlan(
        new RecordingFolder(
            dataDirectory.resolve("recordings"), config.recordKeepMegabytes() * MEGABYTE),
        config.recordFormat(),
        config.recordFileMegabytes() * MEGABYTE,
        config.recordFileTime(),
        config.isRecordedOnEvents() ? config.recordBefore() : Duration.ZERO,
        config.recordAfter());
  }
}
