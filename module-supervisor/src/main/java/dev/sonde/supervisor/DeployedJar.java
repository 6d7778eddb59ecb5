package dev.sonde.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/// What a jar in the deploy folder says of itself, after all of it was read.
///
/// @param symbolicName its bundle's symbolic name
/// @param version its bundle's version
record DeployedJar(String symbolicName, Version version) {

  private static final long MAX_INFLATED_BYTES = 256L << 20;

  /// What is wrong with a jar.
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;
    private final boolean perhapsIncomplete;

    Unusable(String problem, String remedy, boolean perhapsIncomplete) {
      super(problem);
      this.remedy = remedy;
      this.perhapsIncomplete = perhapsIncomplete;
    }

    String remedy() {
      return remedy;
    }

    /// Whether it may only be that the file is still being written.
    boolean perhapsIncomplete() {
      return perhapsIncomplete;
    }
  }

  /// Reads the jar: directory, every entry against its checksum, manifest.
  ///
  /// @throws Unusable if it is no bundle
  static DeployedJar read(Path file) throws Unusable {
    try (JarFile jar = new JarFile(file.toFile())) {
      readAll(jar);
      if (jar.getManifest() == null) {
        throw notABundle("it has no manifest");
      }
      Attributes manifest = jar.getManifest().getMainAttributes();
      String name = manifest.getValue(Constants.BUNDLE_SYMBOLICNAME);
      if (name == null || name.isBlank()) {
        throw notABundle("its manifest names no Bundle-SymbolicName");
      }
      String version = manifest.getValue(Constants.BUNDLE_VERSION);
      String symbolicName = name.split(";", 2)[0].strip();
      if (!symbolicName.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*")) {
        throw notABundle("'" + symbolicName + "' is no symbolic name");
      }
      return new DeployedJar(
          symbolicName,
          version == null ? Version.emptyVersion : Version.parseVersion(version.strip()));
    } catch (IOException e) {
      throw damaged(e);
    } catch (SecurityException e) {
      throw new Unusable(
          "its signature does not fit its content (" + e.getMessage() + ")",
          "get it again from whoever signed it",
          false);
    } catch (IllegalArgumentException e) {
      throw notABundle(String.valueOf(e.getMessage()));
    }
  }

  /// Whether another jar holds the same bundle, in whatever version.
  boolean sameBundle(DeployedJar other) {
    return symbolicName.equals(other.symbolicName);
  }

  private static void readAll(JarFile jar) throws IOException, Unusable {
    byte[] buffer = new byte[8192];
    long bytes = 0;
    Enumeration<JarEntry> entries = jar.entries();
    while (entries.hasMoreElements()) {
      try (InputStream content = jar.getInputStream(entries.nextElement())) {
        // Reading to the end checks the checksum.
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
          bytes += read;
          if (bytes > MAX_INFLATED_BYTES) {
            throw new Unusable(
                "it inflates to more than " + (MAX_INFLATED_BYTES >> 20) + " MiB",
                "leave out of it what the module does not need",
                false);
          }
        }
      }
    }
  }

  private static Unusable damaged(IOException e) {
    return new Unusable(
        "it is no complete jar (" + e.getMessage() + ")",
        "copy it again, best under another name and then mv it into place",
        true);
  }

  private static Unusable notABundle(String why) {
    return new Unusable(
        "it is a jar but no bundle: " + why, "build it with the bnd-maven-plugin", false);
  }

  /// Whether a file is one that the deploy folder is about.
  static boolean isCandidate(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".jar") && !name.startsWith(".") && Files.isRegularFile(file);
  }
}
