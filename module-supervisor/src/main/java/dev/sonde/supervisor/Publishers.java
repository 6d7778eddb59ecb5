package dev.sonde.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who may sign jars: the certificates in a folder, one file each, as `keytool -exportcert -rfc`
/// writes them. The signer's own certificate must be there; from when to when it is valid is not
/// looked at, since a device without a battery for its clock often has the wrong date.
///
/// @param folder `conf/publishers`
record Publishers(Path folder) {

  /// What is wrong with a jar's signature.
  ///
  /// @return nothing if all of it was signed by one of the publishers
  Optional<Unusable> objection(DeployedJar jar) {
    JarContent.Signature signature = jar.signature();
    if (!signature.unsigned().isEmpty()) {
      boolean none = signature.signers().isEmpty();
      return Optional.of(
          new Unusable(
              none ? "it is not signed" : "its entry " + signature.unsigned() + " is not signed",
              "have it signed with jarsigner by a publisher in conf/publishers, or set signatures in"
                  + " conf/supervisor.cfg"));
    }
    try {
      Set<Certificate> known = certificates();
      return signature.signers().stream().anyMatch(known::contains)
          ? Optional.empty()
          : Optional.of(
              new Unusable(
                  "it is signed by "
                      + names(signature.signers())
                      + ", whose certificate is not in conf/publishers",
                  "if you trust them, put their certificate there"
                      + " (keytool -printcert -rfc -jarfile JAR > conf/publishers/NAME.pem)"));
    } catch (IOException | CertificateException e) {
      return Optional.of(
          new Unusable(
              "the certificates in " + folder + " can not be read (" + e.getMessage() + ")",
              "mend or remove that file"));
    }
  }

  private static String names(Set<Certificate> signers) {
    return signers.isEmpty()
        ? "several, but nobody signed all of it"
        : signers.stream()
            .map(
                signer ->
                    signer instanceof X509Certificate x509
                        ? x509.getSubjectX500Principal().getName()
                        : signer.getType())
            .sorted()
            .collect(Collectors.joining(" and "));
  }

  private Set<Certificate> certificates() throws IOException, CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    Set<Certificate> all = new HashSet<>();
    for (Path file : files()) {
      try (InputStream content = Files.newInputStream(file)) {
        all.add(factory.generateCertificate(content));
      } catch (CertificateException e) {
        throw new CertificateException(file.getFileName() + ": " + e.getMessage(), e);
      }
    }
    return all;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(".*\\.(pem|crt|cer)"))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
