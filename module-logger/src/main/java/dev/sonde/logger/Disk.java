package dev.sonde.logger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What has to be on the disk, and not only on its way there, to outlive a loss of power.
final class Disk {

  private Disk() {}

  /// Waits until the content of a file is on the disk.
  static void syncFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /// Waits until the names in a directory are on the disk: a new name is there only after that.
  static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
  }
}
