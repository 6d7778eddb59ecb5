package dev.sonde.benchmarks.deploy;

import com.acme.swapped.SwappedBundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Random;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/// Makes jars of [SwappedBundle], each of other bytes and all of one size: about 100 KiB.
final class SwappedJar {

  private static final String CLASS = SwappedBundle.class.getName().replace('.', '/') + ".class";
  private static final int FILLING_BYTES = 96 * 1024;

  private SwappedJar() {}

  static byte[] of(String symbolicName, String version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest(symbolicName, version));
        InputStream content =
            Objects.requireNonNull(
                SwappedBundle.class.getClassLoader().getResourceAsStream(CLASS))) {
      jar.putNextEntry(new JarEntry(CLASS));
      content.transferTo(jar);
      jar.putNextEntry(new JarEntry("filling"));
      jar.write(filling(version.hashCode()));
    }
    return bytes.toByteArray();
  }

  /// Does not deflate.
  private static byte[] filling(long seed) {
    byte[] filling = new byte[FILLING_BYTES];
    new Random(seed).nextBytes(filling);
    return filling;
  }

  private static Manifest manifest(String symbolicName, String version) {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    attributes.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
    attributes.putValue(Constants.BUNDLE_VERSION, version);
    attributes.putValue(Constants.BUNDLE_ACTIVATOR, SwappedBundle.class.getName());
    attributes.putValue(
        Constants.IMPORT_PACKAGE, "dev.sonde.bus,org.osgi.framework,org.osgi.service.event");
    return manifest;
  }
}
