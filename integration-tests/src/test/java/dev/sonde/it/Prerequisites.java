package dev.sonde.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// What some tests need of the system. Where it is missing they are skipped and say why; where
/// `CI=true` they fail, so that nobody takes a green run for a whole one.
final class Prerequisites {

  private static final List<Path> LIBRARIES =
      List.of(Path.of("/lib"), Path.of("/lib64"), Path.of("/usr/lib"), Path.of("/usr/local/lib"));

  private Prerequisites() {}

  /// Goes on only if something is there.
  ///
  /// @param present whether it is
  /// @param missing what is missing and how to get it
  static void require(boolean present, String missing) {
    if (present) {
      return;
    }
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI=true allows no skipped test: " + missing);
    }
    skip(missing);
  }

  /// Goes on only if something is there that not everybody has.
  static void assume(boolean present, String missing) {
    if (!present) {
      skip(missing);
    }
  }

  private static void skip(String reason) {
    System.out.println("Skipped: " + reason);
    Assumptions.abort(reason);
  }

  static void requireRoot() throws IOException {
    require(isRoot(), "network namespaces need root");
  }

  static void requireCommand(String name, String debianPackage) {
    require(
        hasCommand(name), "the command " + name + " is missing: apt-get install " + debianPackage);
  }

  static void requireLibpcap() throws IOException {
    require(hasLibpcap(), "libpcap is missing: apt-get install libpcap0.8");
  }

  static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static boolean hasCommand(String name) {
    Stream<String> path = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"));
    return Stream.concat(path, Stream.of("/usr/sbin", "/sbin"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  private static boolean hasLibpcap() throws IOException {
    for (Path folder : LIBRARIES) {
      // Also one level below, where Debian has them by architecture.
      try (Stream<Path> files = Files.find(folder, 2, (file, is) -> isLibpcap(file))) {
        if (files.findAny().isPresent()) {
          return true;
        }
      } catch (NoSuchFileException e) {
        // Not every system has each of them.
      }
    }
    return false;
  }

  private static boolean isLibpcap(Path file) {
    return file.getFileName().toString().startsWith("libpcap.so");
  }
}
