package dev.sonde.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The folder `deploy/` of a home directory, from outside.
final class DeployFolder {

  private DeployFolder() {}

  /// Moves a jar into it, as a careful user does: written beside, then moved into place.
  ///
  /// @param file its name there
  static void moveIn(Path home, String file, byte[] jar) throws IOException {
    Path beside = Files.write(home.resolve(file + ".part"), jar);
    Files.move(
        beside,
        home.resolve("deploy").resolve(file),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
