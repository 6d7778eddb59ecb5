package dev.sonde.logger;

import java.nio.file.Path;

/// Is told what a disk does to a file. Called on the thread that writes the file.
interface DiskListener {

  /// The file can not be written from now on.
  void refused(Path file, String reason);

  /// The file is written again.
  ///
  /// @param missing how many events were lost since it was refused
  void resumed(Path file, long missing);

  /// Something else that a user may want to know.
  void note(String sentence);
}
