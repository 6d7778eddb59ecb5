package dev.sonde.hardware;

import com.pi4j.boardinfo.datareader.BoardCodeReader;
import com.pi4j.boardinfo.datareader.CpuInfoReader;
import com.pi4j.boardinfo.util.BoardInfoHelper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps Pi4J from logging errors on machines that are no Raspberry Pi. It looks for the board in
/// two files, once in its life, and takes a missing one for a fault. Where the first is missing it
/// is shown one with the only answer that it takes in silence: a generic board. With providers that
/// are named, nothing depends on it.
final class BoardDetection {

  private static final Logger LOG = LoggerFactory.getLogger(BoardDetection.class);
  private static final Path MODEL = Path.of("/proc/device-tree/model");
  private static final String NO_BOARD =
      "Generic board compatible with Raspberry Pi 4\nRevision: none\n";

  private static boolean settled;

  private BoardDetection() {}

  /// Lets Pi4J look at the board, quietly. Doing it again does nothing.
  static synchronized void settle() {
    if (settled || Files.exists(MODEL)) {
      return;
    }
    settled = true;
    try {
      Path file = Files.createTempFile("sonde-no-board", ".txt");
      try {
        Files.writeString(file, NO_BOARD);
        look(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      LOG.debug("No temporary file for Pi4J to look at; it will log errors about the board", e);
    }
  }

  private static void look(Path file) {
    BoardCodeReader.setModelFilePath(file.toString());
    CpuInfoReader.setCpuInfoFilePath(file.toString());
    BoardInfoHelper.current();
  }
}
