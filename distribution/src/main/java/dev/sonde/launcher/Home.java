package dev.sonde.launcher;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

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

  /// How many runs in a row have broken off.
  Path bootCount() {
    return directory.resolve("data").resolve("boots");
  }

  /// What a device in the background prints.
  Path output() {
    return directory.resolve("log").resolve("sonde.out");
  }

  /// What the user has put into `deploy/`, the newest first.
  List<Path> deployed() {
    try (var files = Files.newDirectoryStream(directory.resolve("deploy"), "*.jar")) {
      return StreamSupport.stream(files.spliterator(), false)
          .sorted(Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed())
          .toList();
    } catch (IOException e) {
      // Then there is nothing to tell of.
      return List.of();
    }
  }

  /// The lines typed at the shell.
  Path history() {
    return directory.resolve("data").resolve("history");
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
          copyWhole(file, target);
        }
      }
    }
  }

  /// A copy that breaks off would be taken for the user's own file from then on.
  private static void copyWhole(Path file, Path target) throws IOException {
    Path beside = target.resolveSibling("." + target.getFileName() + ".new");
    Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING);
    Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
