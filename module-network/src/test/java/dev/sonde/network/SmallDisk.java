package dev.sonde.network;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A disk that is soon full: a tmpfs, where the system permits to mount one.
record SmallDisk(Path folder) implements AutoCloseable {

  /// Mounts it on a folder; skips the test where that is not possible.
  static SmallDisk mount(Path folder, int kilobytes) {
    String size = "size=" + kilobytes + "k";
    if (run("mount", "-t", "tmpfs", "-o", size, "sonde-test", folder.toString()) != 0) {
      String reason = "Skipped: no permission to mount a tmpfs";
      System.out.println(reason);
      abort(reason);
    }
    return new SmallDisk(folder);
  }

  long freeBytes() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  @Override
  public void close() {
    run("umount", "--lazy", folder.toString()); // also where a test failed and left a file open
  }

  private static int run(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .onExit()
          .join()
          .exitValue();
    } catch (IOException e) {
      return -1; // there is no such program
    }
  }
}
