package dev.sonde.supervisor.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// A directory of this run alone, for its socket. It lies where paths are short, since a socket's
/// may have no more than 107 bytes (`sockaddr_un`, unix(7)), has a name that nobody can foresee,
/// and only the owner gets in. A file in the home says where it is.
record RuntimeDirectory(Path directory, Path record) {

  private static final String PREFIX = "sonde-";
  private static final String SOCKET = "exec";

  /// Makes one, and clears away what a run that was killed left behind.
  ///
  /// @param base where to make it: owned by the user, or sticky as `/tmp` is
  /// @param record where its path is written
  static RuntimeDirectory create(Path base, Path record) throws IOException {
    clearFormer(record);
    var access = PosixFilePermissions.fromString("rwx------");
    Path directory =
        Files.createTempDirectory(base, PREFIX, PosixFilePermissions.asFileAttribute(access));
    return new RuntimeDirectory(directory, record);
  }

  /// `XDG_RUNTIME_DIR` if there is one, else the directory for temporary files.
  static Path base() {
    String given = System.getenv("XDG_RUNTIME_DIR");
    if (given != null && given.length() < 60 && Files.isWritable(Path.of(given))) {
      return Path.of(given);
    }
    return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
  }

  Path socket() {
    return directory.resolve(SOCKET);
  }

  /// Tells clients where the socket is, once it can be connected to.
  void publish() throws IOException {
    Files.setPosixFilePermissions(socket(), PosixFilePermissions.fromString("rw-------"));
    Path fresh = record.resolveSibling(record.getFileName() + ".new");
    Files.writeString(fresh, socket() + "\n");
    Files.move(fresh, record, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void delete() throws IOException {
    Files.deleteIfExists(record);
    Files.deleteIfExists(socket());
    Files.deleteIfExists(directory);
  }

  private static void clearFormer(Path record) throws IOException {
    if (Files.notExists(record)) {
      return;
    }
    Path socket = Path.of(Files.readString(record).strip());
    Path directory = socket.getParent();
    if (directory != null
        && socket.endsWith(SOCKET)
        && directory.getFileName().toString().startsWith(PREFIX)) {
      Files.deleteIfExists(socket);
      Files.deleteIfExists(directory);
    }
    Files.delete(record);
  }
}
