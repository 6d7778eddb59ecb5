package dev.sonde.logger;

import java.nio.file.Path;
import java.time.Duration;

/// Is told what a disk does to a file. Called on the thread that writes the file.
interface DiskListener {

  /// The file can not be written from now on.
  void refused(Path file, String reason);

  /// The file is written again.
  ///
  /// @param missing how many events were lost since it was refused
  void resumed(Path file, long missing);

  /// What is to be on the disk within [Lateness#BOUND] came later.
  ///
  /// @param longest how long it took at worst since this was last told
  /// @param count how many events came late since then
  void late(Path file, Duration longest, long count);

  /// Something else that a user may want to know.
  void note(String sentence);
}
