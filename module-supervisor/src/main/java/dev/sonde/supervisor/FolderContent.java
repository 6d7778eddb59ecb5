package dev.sonde.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What lies in the deploy folder.
///
/// @param folder where
record FolderContent(Path folder) {

  /// What a file looks like from outside: it changes with the file.
  record Stamp(long size, FileTime modified, String key) {}

  /// The jars, by name.
  ///
  /// @throws IOException if the folder can not be read, or everybody may write to it
  Map<String, Stamp> jars() throws IOException {
    Map<String, Stamp> present = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      refuseIfWorldWritable();
      for (Path file : files.filter(DeployedJar::isCandidate).toList()) {
        addStamp(present, file);
      }
    }
    return present;
  }

  private void refuseIfWorldWritable() throws IOException {
    if (Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(folder + " can be written to by everybody; chmod o-w " + folder);
    }
  }

  private void addStamp(Map<String, Stamp> stamps, Path file) throws IOException {
    String name = file.getFileName().toString();
    try {
      stamps.put(name, stamp(name));
    } catch (NoSuchFileException e) {
      // Gone since the folder was listed.
    }
  }

  Stamp stamp(String name) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(
            folder.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return new Stamp(
        attributes.size(), attributes.lastModifiedTime(), String.valueOf(attributes.fileKey()));
  }
}
