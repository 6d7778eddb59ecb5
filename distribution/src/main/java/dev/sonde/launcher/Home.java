package dev.sonde.launcher;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The directory that holds all a device owns: `conf deploy quarantine data log`.
record Home(Path directory) {

  private static final List<String> FOLDERS =
      List.of("conf", "deploy", "quarantine", "data", "log");

  private static final List<String> WRITTEN = List.of("data", "log");

  /// Where the framework keeps its cache: derived state, made anew at each start.
  Path cache() {
    return directory.resolve("data").resolve("cache");
  }

  /// Where the device writes the address of its command socket.
  Path socketRecord() {
    return directory.resolve("data").resolve("exec.socket");
  }

  /// The symbolic names of bundles that an operator has stopped, as the supervisor wrote them down.
  Set<String> stopped() throws IOException {
    Path file = directory.resolve("data").resolve("stopped");
    return Files.exists(file) ? Set.copyOf(Files.readAllLines(file)) : Set.of();
  }

  Path lockFile() {
    return directory.resolve(".lock");
  }

  /// Makes what is missing: the folders, and the configuration files that the distribution has.
  void prepare(Path distribution) throws LaunchException {
    try {
      for (String folder : FOLDERS) {
        Files.createDirectories(directory.resolve(folder));
      }
      for (String folder : WRITTEN) {
        if (!Files.isWritable(directory.resolve(folder))) {
          throw new AccessDeniedException(directory.resolve(folder).toString());
        }
      }
      copyMissing(distribution.resolve("conf"), directory.resolve("conf"));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  LaunchException unusable(IOException e) {
    return new LaunchException(
        ExitCode.HOME,
        "home directory %s can not be used: %s. Make it writable, or name another with --home DIR."
            .formatted(directory, reason(e)));
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> denied.getFile() + " may not be written";
      case FileAlreadyExistsException file -> file.getFile() + " is not a directory";
      case FileSystemException system ->
          system.getReason() == null
              ? "can not make " + system.getFile()
              : system.getFile() + ": " + system.getReason();
      default -> e.toString();
    };
  }

  private static void copyMissing(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (var files = Files.newDirectoryStream(from, Files::isRegularFile)) {
      for (Path file : files) {
        Path target = to.resolve(file.getFileName().toString());
        if (Files.notExists(target)) {
          Files.copy(file, target);
        }
      }
    }
  }
}
