package dev.sonde.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.CodeSigner;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/// Reads a jar to its end, and with it the jars inside: checksums, names, sizes as they are when
/// inflated (what the directory says of them is not believed), class versions, signers.
final class JarContent {

  static final long MAX_INFLATED_BYTES = 256L << 20;
  private static final int MAX_ENTRIES = 65_535;

  /// The class file format of a Java version is that much higher (JVMS §4.1).
  private static final int CLASS_FORMAT_OF_JAVA_0 = 44;

  private static final int CLASS_HEADER_BYTES = 8;
  private static final int CLASS_MAGIC = 0xCAFEBABE;

  private final Set<String> names = new HashSet<>();
  private final byte[] buffer = new byte[16_384];
  private long bytes;
  private int entries;
  private @Nullable Set<Certificate> signers;
  private String unsigned = "";

  /// Who signed all of a jar.
  ///
  /// @param signers those who signed every entry
  /// @param unsigned an entry that nobody signed; empty if there is none
  record Signature(Set<Certificate> signers, String unsigned) {}

  /// Reads all of it.
  ///
  /// @throws IOException if it is damaged or not complete
  Signature read(JarFile jar) throws IOException, Unusable {
    Enumeration<JarEntry> all = jar.entries();
    while (all.hasMoreElements()) {
      JarEntry entry = all.nextElement();
      checkName(entry.getName());
      if (!names.add(entry.getName())) {
        throw new Unusable(
            "it has two entries " + entry.getName(), "build it anew, with each name only once");
      }
      try (InputStream content = jar.getInputStream(entry)) {
        read(entry.getName(), content);
      }
      if (!entry.isDirectory() && !isPartOfSignature(entry.getName())) {
        noteSigners(entry);
      }
    }
    return new Signature(signers == null ? Set.of() : Set.copyOf(signers), unsigned);
  }

  private void read(String name, InputStream content) throws IOException, Unusable {
    if (++entries > MAX_ENTRIES) {
      throw new Unusable(
          "it has more than " + MAX_ENTRIES + " entries",
          "leave out what the module does not need");
    }
    if (name.endsWith(".jar")) {
      readNested(content);
    } else if (name.endsWith(".class")) {
      checkClass(name, content);
    }
    count(content);
  }

  /// A jar inside, as `Bundle-ClassPath` may name it. Its bytes are counted as they are inflated.
  private void readNested(InputStream content) throws IOException, Unusable {
    ZipInputStream nested = new ZipInputStream(content);
    for (ZipEntry entry = nested.getNextEntry(); entry != null; entry = nested.getNextEntry()) {
      checkName(entry.getName());
      if (++entries > MAX_ENTRIES) {
        throw new Unusable(
            "it has more than " + MAX_ENTRIES + " entries",
            "leave out what the module does not need");
      }
      count(nested);
    }
  }

  /// Reading to the end checks the checksum.
  private void count(InputStream content) throws IOException, Unusable {
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      bytes += read;
      if (bytes > MAX_INFLATED_BYTES) {
        throw new Unusable(
            "it inflates to more than " + (MAX_INFLATED_BYTES >> 20) + " MiB",
            "leave out of it what the module does not need");
      }
    }
  }

  private static void checkName(String name) throws Unusable {
    boolean leavesTheJar =
        name.startsWith("/")
            || name.indexOf('\\') >= 0
            || name.indexOf('\0') >= 0
            || Arrays.asList(name.split("/")).contains("..");
    if (leavesTheJar) {
      throw new Unusable(
          "its entry '" + name.replace('\0', '?') + "' points out of the jar",
          "do not use it: no build tool writes such names");
    }
  }

  private void checkClass(String name, InputStream content) throws IOException, Unusable {
    byte[] header = content.readNBytes(CLASS_HEADER_BYTES);
    bytes += header.length;
    // Classes for later versions, which a JVM leaves alone that is older.
    if (name.startsWith("META-INF/versions/")) {
      return;
    }
    boolean isClass =
        header.length == CLASS_HEADER_BYTES && ByteBuffer.wrap(header).getInt() == CLASS_MAGIC;
    int java = isClass ? ByteBuffer.wrap(header).getChar(6) - CLASS_FORMAT_OF_JAVA_0 : 0;
    if (!isClass) {
      throw new Unusable(name + " in it is no class", "build it anew");
    }
    if (java > Runtime.version().feature()) {
      throw new Unusable(
          name + " in it is for Java " + java + "; here is Java " + Runtime.version().feature(),
          "compile it with --release " + Runtime.version().feature());
    }
  }

  private void noteSigners(JarEntry entry) {
    CodeSigner[] signedBy = entry.getCodeSigners();
    if (signedBy == null || signedBy.length == 0) {
      unsigned = unsigned.isEmpty() ? entry.getName() : unsigned;
      return;
    }
    Set<Certificate> certificates =
        Arrays.stream(signedBy)
            .map(signer -> signer.getSignerCertPath().getCertificates().getFirst())
            .collect(Collectors.toCollection(HashSet::new));
    if (signers == null) {
      signers = certificates;
    } else {
      signers.retainAll(certificates);
    }
  }

  /// As the JAR file specification has it.
  private static boolean isPartOfSignature(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.startsWith("META-INF/")
        && upper.indexOf('/', "META-INF/".length()) < 0
        && (upper.equals("META-INF/MANIFEST.MF")
            || upper.startsWith("META-INF/SIG-")
            || upper.matches(".*\\.(SF|RSA|DSA|EC)"));
  }
}
