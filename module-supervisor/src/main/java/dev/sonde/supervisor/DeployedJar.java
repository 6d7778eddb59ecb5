package dev.sonde.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/// What a jar in the deploy folder says of itself, after all of it was read.
///
/// @param symbolicName its bundle's symbolic name
/// @param version its bundle's version
/// @param manifest all that its manifest says
/// @param signature who signed it
record DeployedJar(
    String symbolicName, Version version, Manifest manifest, JarContent.Signature signature) {

  /// Whether the directory at its end is there: then all of it may be.
  static void checkEnd(Path file) throws Unusable {
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      var _ = jar.size();
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /// Reads the jar: directory, every entry against its checksum, manifest.
  ///
  /// @throws Unusable if it is no bundle
  static DeployedJar read(Path file) throws Unusable {
    try (JarFile jar = new JarFile(file.toFile())) {
      JarContent.Signature signature = new JarContent().read(jar);
      Manifest manifest = jar.getManifest();
      if (manifest == null) {
        throw notABundle("it has no manifest");
      }
      return of(manifest, signature);
    } catch (IOException e) {
      throw damaged(e);
    } catch (SecurityException e) {
      throw new Unusable(
          "its signature does not fit its content (" + e.getMessage() + ")",
          "get it again from whoever signed it");
    } catch (IllegalArgumentException e) {
      throw notABundle(String.valueOf(e.getMessage()));
    }
  }

  private static DeployedJar of(Manifest manifest, JarContent.Signature signature) throws Unusable {
    Attributes headers = manifest.getMainAttributes();
    String name = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
    if (name == null || name.isBlank()) {
      throw notABundle("its manifest names no Bundle-SymbolicName");
    }
    String version = headers.getValue(Constants.BUNDLE_VERSION);
    String symbolicName = name.split(";", 2)[0].strip();
    if (!symbolicName.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*")) {
      throw notABundle("'" + symbolicName + "' is no symbolic name");
    }
    return new DeployedJar(
        symbolicName,
        version == null ? Version.emptyVersion : Version.parseVersion(version.strip()),
        manifest,
        signature);
  }

  /// Whether another jar holds the same bundle, in whatever version.
  boolean sameBundle(DeployedJar other) {
    return symbolicName.equals(other.symbolicName);
  }

  boolean isFragment() {
    return manifest.getMainAttributes().getValue(Constants.FRAGMENT_HOST) != null;
  }

  private static Unusable damaged(IOException e) {
    return new Unusable(
        "it is no complete jar (" + e.getMessage() + ")",
        "copy it again, best under another name and then mv it into place",
        true);
  }

  private static Unusable notABundle(String why) {
    return new Unusable("it is a jar but no bundle: " + why, "build it with the bnd-maven-plugin");
  }

  /// Whether a file is one that the deploy folder is about.
  static boolean isCandidate(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".jar")
        && !name.startsWith(".")
        && (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(file));
  }
}
