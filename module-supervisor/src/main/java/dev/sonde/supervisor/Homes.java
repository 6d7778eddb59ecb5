package dev.sonde.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/// The folders of the home directory.
final class Homes {

  private Homes() {}

  /// A folder of the home directory, made if it is missing.
  static Path folder(BundleContext context, String name) {
    String home = context.getProperty("sonde.home");
    Path folder = Path.of(home == null ? "." : home).toAbsolutePath().normalize().resolve(name);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " can not be made; check who may write there", e);
    }
  }
}
