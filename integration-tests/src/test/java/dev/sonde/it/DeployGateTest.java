package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// What the deploy folder does with jars that are not as they should be. Each is refused with a
/// reason that helps, and the next good one runs.
class DeployGateTest {

  @TempDir static Path home;
  private static FaultyDevice device;

  @BeforeAll
  static void start() throws Exception {
    device = FaultyDevice.start(home, Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    device.close();
  }

  @AfterEach
  void goOn(TestInfo test) throws Exception {
    System.out.printf(
        "| %s | the next good jar runs after %d ms |%n",
        test.getDisplayName(), device.checkThatTheRestGoesOn().toMillis());
  }

  /// What a jar is refused for.
  private static String refusal(String file, byte[] jar) throws Exception {
    device.deploy(file, jar);
    return awaitReason(file);
  }

  private static String awaitReason(String file) throws Exception {
    Path reason = home.resolve("quarantine").resolve(file + ".reason.json");
    TestDevice.await("the refusal of " + file, () -> isWhole(reason));
    assertThat(home.resolve("deploy").resolve(file)).doesNotExist();
    String text = Files.readString(home.resolve("quarantine").resolve(file + ".reason.txt"));
    String problem = new ObjectMapper().readTree(reason.toFile()).get("problem").asText();
    assertThat(text).contains(problem).contains("What to do: ");
    System.out.printf("| %s | %s |%n", file, text.strip().replace("\n", " "));
    return text;
  }

  private static boolean isWhole(Path json) throws IOException {
    return Files.exists(json) && Files.readString(json).endsWith("}\n");
  }

  private static byte[] jar(Map<String, String> headers, Content content) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    headers.forEach(attributes::putValue);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
      content.write(out);
    }
    return bytes.toByteArray();
  }

  /// Writes entries.
  private interface Content {
    void write(JarOutputStream out) throws IOException;
  }

  private static void entry(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
    out.closeEntry();
  }

  private static void zeros(OutputStream out, int mebibytes) throws IOException {
    byte[] mebibyte = new byte[1 << 20];
    for (int i = 0; i < mebibytes; i++) {
      out.write(mebibyte);
    }
  }

  private static Map<String, String> named(String name) {
    return Map.of("Bundle-SymbolicName", name);
  }

  @Test
  void shouldRefuseAClassForALaterJava() throws Exception {
    byte[] later = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 99, 0, 1};
    assertThat(
            refusal("later.jar", jar(named("acme.later"), out -> entry(out, "a/B.class", later))))
        .contains("a/B.class in it is for Java 55")
        .contains("--release");
  }

  @Test
  void shouldRefuseAnotherExecutionEnvironment() throws Exception {
    Map<String, String> headers =
        Map.of(
            "Bundle-SymbolicName", "acme.ee",
            "Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"");
    assertThat(refusal("ee.jar", jar(headers, out -> {}))).contains("here is Java 25");
  }

  @Test
  void shouldNameTheBundleThatExportsANearMiss() throws Exception {
    String wrongVersion = "dev.sonde.bus;version=\"[7,8)\"";
    assertThat(refusal("version.jar", jar(importing("acme.version", wrongVersion), out -> {})))
        .contains("exports the package dev.sonde.bus in a version from 7.0.0 up to, but not, 8.0.0")
        .contains("dev.sonde.bus-api exports dev.sonde.bus 0.1.0");
    assertThat(refusal("typo.jar", jar(importing("acme.typo", "dev.sonde.buss"), out -> {})))
        .contains("dev.sonde.bus-api exports dev.sonde.bus 0.1.0");
    assertThat(refusal("none.jar", jar(importing("acme.none", "org.example.gone"), out -> {})))
        .contains("nothing here exports the package org.example.gone");
  }

  private static Map<String, String> importing(String name, String imports) {
    return Map.of("Bundle-SymbolicName", name, "Import-Package", imports);
  }

  /// Deflated once, since that takes a while.
  private static final class Bomb {
    private static final int MEBIBYTES = 1_500;
    private static final byte[] JAR = build();

    private static byte[] build() {
      try {
        return jar(
            named("acme.bomb"),
            out -> {
              out.setLevel(Deflater.BEST_SPEED);
              out.putNextEntry(new JarEntry("zeros"));
              zeros(out, MEBIBYTES);
              out.closeEntry();
            });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void shouldRefuseWhatInflatesWithoutEnd() throws Exception {
    byte[] bomb = Bomb.JAR;
    assertThat(bomb.length).isLessThan(16 << 20);
    assertThat(refusal("bomb.jar", bomb)).contains("inflates to more than 256 MiB");
  }

  @Test
  void shouldRefuseWhatInflatesWithoutEndInAJarInside() throws Exception {
    Map<String, String> headers =
        Map.of("Bundle-SymbolicName", "acme.nested", "Bundle-ClassPath", ".,lib/inner.jar");
    assertThat(refusal("nested.jar", jar(headers, out -> entry(out, "lib/inner.jar", Bomb.JAR))))
        .contains("inflates to more than 256 MiB");
  }

  @Test
  void shouldRefuseNamesThatPointOutOfTheJar() throws Exception {
    byte[] jar = jar(named("acme.out"), out -> entry(out, "../../etc/passwd", new byte[1]));
    assertThat(refusal("out.jar", jar)).contains("'../../etc/passwd' points out of the jar");
  }

  @Test
  void shouldRefuseASymbolicLink() throws Exception {
    Path target =
        Files.write(home.resolve("target.bin"), FaultyDevice.jar("link", "1.0.0", "none"));
    Files.createSymbolicLink(home.resolve("deploy/link.jar"), target);
    assertThat(awaitReason("link.jar")).contains("symbolic link");
    assertThat(target).exists();
  }

  @Test
  void shouldWaitForAFileThatIsCopiedSlowlyAndRefuseItWhenItStalls() throws Exception {
    byte[] jar = FaultyDevice.jar("slow", "1.0.0", "none");
    Path file = home.resolve("deploy/slow.jar");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int at = 0; at < jar.length; at += 1_000) {
        out.write(jar, at, Math.min(1_000, jar.length - at));
        out.flush();
        Thread.onSpinWait();
      }
    }
    device.awaitState("slow", "ACTIVE");
    Files.delete(file);
    device.awaitState("slow", "absent");

    Files.write(file, Arrays.copyOf(jar, jar.length / 2));
    assertThat(awaitReason("slow.jar")).contains("no complete jar");
  }

  @Test
  void shouldTakeTheHigherVersionAndRefuseTheSameAndALowerOneFromAnotherFile() throws Exception {
    device.deploy("two.jar", FaultyDevice.jar("two", "2.0.0", "none"));
    device.awaitState("two", "ACTIVE");
    assertThat(refusal("same.jar", FaultyDevice.jar("two", "2.0.0", "none")))
        .contains("com.acme.two 2.0.0 is not newer than 2.0.0, which runs from two.jar");
    assertThat(refusal("lower.jar", FaultyDevice.jar("two", "1.0.0", "none")))
        .contains("is not newer than 2.0.0, which runs from two.jar");

    device.deploy("three.jar", FaultyDevice.jar("two", "3.0.0", "none"));
    assertThat(awaitReason("two.jar")).contains("it was replaced by 3.0.0 in three.jar");
    assertThat(device.device().bundle("com.acme.two").getVersion().toString()).isEqualTo("3.0.0");

    // Under its own name, a lower one is what its owner wants.
    device.deploy("three.jar", FaultyDevice.jar("two", "2.5.0", "none"));
    device.awaitHeard("two: activated 2.5.0");
    device.awaitState("two", "ACTIVE");
    Files.delete(home.resolve("deploy/three.jar"));
    device.awaitState("two", "absent");
  }

  @Test
  void shouldHoldToTheSignaturePolicy() throws Exception {
    JarSigner acme = JarSigner.make(home, "acme");
    JarSigner mallory = JarSigner.make(home, "mallory");
    acme.export(Files.createDirectories(home.resolve("conf/publishers")).resolve("acme.pem"));
    byte[] unsigned = FaultyDevice.jar("signed", "1.0.0", "none");
    Path byAcme = Files.write(home.resolve("by-acme"), unsigned);
    acme.sign(byAcme);
    Path byMallory = Files.write(home.resolve("by-mallory"), unsigned);
    mallory.sign(byMallory);

    setPolicy("require");
    assertThat(refusal("unsigned.jar", unsigned)).contains("it is not signed");
    assertThat(refusal("mallory.jar", Files.readAllBytes(byMallory)))
        .contains("signed by CN=mallory, whose certificate is not in conf/publishers");
    assertThat(refusal("added.jar", withEntry(Files.readAllBytes(byAcme))))
        .contains("its entry added.txt is not signed");
    // In a folder below META-INF it is no part of the signature, whatever it is called.
    assertThat(refusal("below.jar", withEntry(Files.readAllBytes(byAcme), "META-INF/below/A.RSA")))
        .contains("its entry META-INF/below/A.RSA is not signed");
    // Mallory signed all of it, acme only what was there before.
    Path byBoth = Files.write(home.resolve("by-both"), withEntry(Files.readAllBytes(byAcme)));
    mallory.sign(byBoth);
    assertThat(refusal("both.jar", Files.readAllBytes(byBoth))).contains("signed by CN=mallory,");
    assertThat(refusal("changed.jar", withOtherContent(Files.readAllBytes(byAcme))))
        .contains("its signature does not fit its content");
    device.deploy("signed.jar", Files.readAllBytes(byAcme));
    device.awaitState("signed", "ACTIVE");

    setPolicy("warn");
    device.deploy("signed.jar", unsigned);
    TestDevice.await(
        "the update", () -> device.shell("module:info signed").contains("starts      2"));
    device.awaitState("signed", "ACTIVE");
    Files.delete(home.resolve("deploy/signed.jar"));
    device.awaitState("signed", "absent");
    setPolicy("off");
  }

  private static void setPolicy(String policy) throws Exception {
    Files.writeString(home.resolve("conf/supervisor.cfg"), "signatures = " + policy + "\n");
    TestDevice.await(
        "the policy " + policy,
        () ->
            device
                .device()
                .shell("module:config supervisor")
                .matches("(?s).*signatures += " + policy + ".*"));
  }

  private static byte[] withEntry(byte[] jar) throws Exception {
    return withEntry(jar, "added.txt");
  }

  private static byte[] withEntry(byte[] jar, String name) throws Exception {
    return TestBundles.with(jar, name, "a".getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] withOtherContent(byte[] jar) throws Exception {
    byte[] other = FaultyDevice.jar("signed", "1.0.0", "none");
    String name = "dev/sonde/it/faulty/FaultyModule$Dying.class";
    byte[] bytes = TestBundles.entry(other, name);
    bytes[bytes.length - 1] ^= 1;
    return TestBundles.with(jar, name, bytes);
  }

  @Test
  void shouldLeaveAFolderAloneThatEverybodyMayWriteTo() throws Exception {
    Path deploy = home.resolve("deploy");
    Files.setPosixFilePermissions(deploy, PosixFilePermissions.fromString("rwxrwxrwx"));
    try {
      device.deploy("open.jar", FaultyDevice.jar("open", "1.0.0", "none"));
      TestDevice.await("doctor", () -> device.shell("doctor").contains("chmod o-w"));
      assertThat(device.state("open")).isEqualTo("absent");
    } finally {
      Files.setPosixFilePermissions(deploy, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    device.awaitState("open", "ACTIVE");
    Files.delete(deploy.resolve("open.jar"));
    device.awaitState("open", "absent");
  }

  @Test
  void shouldUninstallWhatIsRemovedWhileItStarts() throws Exception {
    device.deploy("hasty.jar", FaultyDevice.jar("hasty", "1.0.0", "start is slow"));
    device.awaitHeard("hasty: started slowly");
    Files.delete(home.resolve("deploy/hasty.jar"));
    device.awaitState("hasty", "absent");
    assertThat(home.resolve("quarantine/hasty.jar")).doesNotExist();
  }

  @Test
  void shouldDeployFiftyJarsThatComeAtOnce() throws Exception {
    for (int number = 1; number <= 50; number++) {
      device.deploy("many" + number + ".jar", FaultyDevice.jar("many" + number, "1.0.0", "none"));
    }
    TestDevice.await("all fifty", () -> running("many") == 50);
    for (int number = 1; number <= 50; number++) {
      Files.delete(home.resolve("deploy/many" + number + ".jar"));
    }
    TestDevice.await("their end", () -> running("many") == 0);
  }

  private static long running(String prefix) throws Exception {
    return device
        .shell("module:list")
        .lines()
        .filter(line -> line.startsWith(prefix) && line.contains(" ACTIVE "))
        .count();
  }

  @Test
  void shouldAttachUpdateAndDetachFragments() throws Exception {
    device.deploy("host.jar", FaultyDevice.jar("host", "1.0.0", "none"));
    device.awaitState("host", "ACTIVE");
    device.deploy("part.jar", fragment("1"));
    TestDevice.await("the fragment", () -> "1".equals(resource("part.txt")));
    device.awaitState("host", "ACTIVE");
    device.deploy("part.jar", fragment("2"));
    TestDevice.await("its update", () -> "2".equals(resource("part.txt")));
    device.awaitState("host", "ACTIVE");
    Files.delete(home.resolve("deploy/part.jar"));
    TestDevice.await("its end", () -> resource("part.txt") == null);
    device.awaitState("host", "ACTIVE");
    Files.delete(home.resolve("deploy/host.jar"));
    device.awaitState("host", "absent");
  }

  private static byte[] fragment(String content) throws Exception {
    return jar(
        Map.of("Bundle-SymbolicName", "com.acme.part", "Fragment-Host", "com.acme.host"),
        out -> entry(out, "part.txt", content.getBytes(StandardCharsets.UTF_8)));
  }

  private static String resource(String name) throws Exception {
    var found = device.device().bundle("com.acme.host").getResource(name);
    if (found == null) {
      return null;
    }
    try (var content = found.openStream()) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
