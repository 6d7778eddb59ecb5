package dev.sonde.it;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.osgi.framework.Constants;

/// Makes bundles of packages among the test classes.
final class TestBundles {

  private TestBundles() {}

  /// A bundle of one package.
  ///
  /// @param packageName its only package, which stays private
  /// @param version the bundle's version
  /// @param headers further bnd instructions
  static byte[] of(String packageName, String version, Map<String, String> headers)
      throws Exception {
    try (Builder builder = new Builder()) {
      builder.setProperty("Bundle-SymbolicName", packageName);
      builder.setProperty("Bundle-Version", version);
      builder.setProperty("Private-Package", packageName);
      builder.setProperty("-noimportjava", "true");
      headers.forEach(builder::setProperty);
      builder.setClasspath(
          Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
              .map(File::new)
              .filter(File::exists)
              .toArray(File[]::new));
      Jar jar = builder.build();
      if (!builder.isOk()) {
        throw new AssertionError(builder.getErrors() + " " + builder.getWarnings());
      }
      return bytes(jar);
    }
  }

  /// A bundle without code that sees Event Admin: services can be registered in its name.
  ///
  /// @param headers further ones
  static byte[] empty(String symbolicName, Map<String, String> headers) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    attributes.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
    attributes.putValue(Constants.IMPORT_PACKAGE, "org.osgi.service.event");
    headers.forEach(attributes::putValue);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return bytes.toByteArray();
  }

  /// A bundle of one package that others may import.
  static byte[] exporting(String packageName) throws Exception {
    return of(packageName, "1.0.0", Map.of("Export-Package", packageName + ";version=1.0.0"));
  }

  /// The same bundle under another version.
  static byte[] withVersion(byte[] bundle, String version) throws Exception {
    return withHeaders(bundle, Map.of("Bundle-Version", version));
  }

  /// The same bundle with other headers.
  static byte[] withHeaders(byte[] bundle, Map<String, String> headers) throws Exception {
    try (Jar jar = new Jar("bundle", new ByteArrayInputStream(bundle))) {
      headers.forEach(jar.getManifest().getMainAttributes()::putValue);
      return bytes(jar);
    }
  }

  /// The same jar, its other entries untouched, with one entry added or replaced.
  static byte[] with(byte[] jar, String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.getName().equals(name)) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          in.transferTo(out);
        }
      }
      out.putNextEntry(new ZipEntry(name));
      out.write(content);
    }
    return bytes.toByteArray();
  }

  /// The content of an entry.
  static byte[] entry(byte[] jar, String name) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().equals(name)) {
          return in.readAllBytes();
        }
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static byte[] bytes(Jar jar) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    jar.write(bytes);
    return bytes.toByteArray();
  }
}
