package dev.sonde.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedBundleTest {

  @TempDir Path system;

  private Path jar(String name) throws IOException {
    Path jar = system.resolve(name);
    Files.createDirectories(jar.getParent());
    return Files.createFile(jar);
  }

  @Test
  void shouldOrderByTheNumberOfTheFolder() throws IOException {
    Path logger = jar("40-logger/logger.jar");
    Path network = jar("50-modules/network.jar");
    Path hardware = jar("50-modules/hardware.jar");
    Path log = jar("5-log/log.jar");
    Path shell = jar("60-shell/shell.jar");

    assertThat(ShippedBundle.in(system))
        .containsExactly(
            new ShippedBundle(log, 5, false),
            new ShippedBundle(logger, 40, false),
            new ShippedBundle(hardware, 50, false),
            new ShippedBundle(network, 50, false),
            new ShippedBundle(shell, 60, true));
  }

  @Test
  void shouldLeaveOutWhatIsNoBundle() throws IOException {
    jar("README");
    jar("notes/a.jar");
    jar("10-platform/licence.txt");

    assertThat(ShippedBundle.in(system)).isEmpty();
  }

  @Test
  void shouldBeReadInPlace() throws IOException {
    var bundle = new ShippedBundle(jar("10-a b/c.jar"), 10, false);

    assertThat(bundle.location()).startsWith("reference:file:").endsWith("/10-a%20b/c.jar");
  }
}
