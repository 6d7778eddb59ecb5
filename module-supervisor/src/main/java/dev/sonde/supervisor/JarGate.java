package dev.sonde.supervisor;

import dev.sonde.bus.spi.ModuleHost;
import dev.sonde.supervisor.SupervisorSettings.SignaturePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything about a jar that can be checked without touching what runs.
final class JarGate {

  private static final Logger LOG = LoggerFactory.getLogger(JarGate.class);

  private final ModuleHost host;
  private final Publishers publishers;

  JarGate(ModuleHost host, Publishers publishers) {
    this.host = host;
    this.publishers = publishers;
    // Known from the beginning, for module:config.
    var _ = settings();
  }

  private SupervisorSettings settings() {
    return host.config("supervisor", SupervisorSettings.class);
  }

  /// Checks a jar.
  ///
  /// @param copy where to copy it first: nobody changes that
  DeployedJar check(Path file, Path copy) throws Unusable {
    try {
      if (Files.isSymbolicLink(file)) {
        throw new Unusable(
            "it is a symbolic link, and what it points to could change unseen",
            "move the jar itself here");
      }
      if (Files.size(file) > JarContent.MAX_INFLATED_BYTES) {
        throw new Unusable(
            "it is larger than " + (JarContent.MAX_INFLATED_BYTES >> 20) + " MiB",
            "leave out of it what the module does not need");
      }
      DeployedJar.checkEnd(file);
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      DeployedJar jar = DeployedJar.read(copy);
      checkSignature(file, jar);
      return jar;
    } catch (IOException e) {
      throw DeployedBundles.unreadable(e);
    }
  }

  private void checkSignature(Path file, DeployedJar jar) throws Unusable {
    SignaturePolicy policy = settings().signatures();
    if (policy == SignaturePolicy.OFF) {
      return;
    }
    Optional<Unusable> objection = publishers.objection(jar);
    if (objection.isPresent()) {
      if (policy == SignaturePolicy.REQUIRE) {
        throw objection.get();
      }
      LOG.warn(
          "{}: {}; it runs all the same, since signatures = warn",
          file.getFileName(),
          objection.get().problem());
    }
  }
}
