package dev.sonde.it;

import java.nio.file.Path;

/// Signs jars as publishers do, with the tools of the JDK.
record JarSigner(Path keyStore, String name) {

  private static final String PASSWORD = "password";

  /// Makes a publisher with a key of its own.
  static JarSigner make(Path folder, String name) throws Exception {
    Path keyStore = folder.resolve(name + ".p12");
    Tool.run(
        tool("keytool"),
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-validity",
        "3650",
        "-keystore",
        keyStore.toString(),
        "-storepass",
        PASSWORD);
    return new JarSigner(keyStore, name);
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /// Signs a file in place.
  void sign(Path jar) throws Exception {
    Tool.run(
        tool("jarsigner"),
        "-keystore",
        keyStore.toString(),
        "-storepass",
        PASSWORD,
        jar.toString(),
        name);
  }

  /// Writes the certificate.
  void export(Path file) throws Exception {
    Tool.run(
        tool("keytool"),
        "-exportcert",
        "-rfc",
        "-alias",
        name,
        "-file",
        file.toString(),
        "-keystore",
        keyStore.toString(),
        "-storepass",
        PASSWORD);
  }
}
