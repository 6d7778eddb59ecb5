package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jars come and go in `deploy/` while the device runs. The jar is the example in `examples/`,
/// built as its author builds it.
class DeployFolderTest {

  private static final String BUNDLE = "com.acme.hello-dns";

  @TempDir static Path build;
  private static byte[] example;

  @TempDir Path home;
  private TestDevice device;

  @BeforeAll
  static void buildTheExample() throws Exception {
    example = build("1.0.0");
  }

  /// Builds a copy of the example outside the source tree, against nothing but the distribution's
  /// repository.
  private static byte[] build(String version) throws Exception {
    Path project = build.resolve(version);
    Path source = Path.of(System.getProperty("sonde.examples"), "hello-dns");
    try (var files = Files.walk(source)) {
      for (Path file : files.filter(file -> !file.toString().contains("target")).toList()) {
        Path copy = project.resolve(source.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    Path pom = project.resolve("pom.xml");
    Files.writeString(
        pom,
        Files.readString(pom)
            .replace("<version>1.0.0</version>", "<version>" + version + "</version>"));
    Path log = build.resolve(version + ".log");
    Process maven =
        new ProcessBuilder(
                System.getProperty("maven.executable"),
                "-B",
                "-q",
                "-f",
                pom.toString(),
                "-Dsonde.repository="
                    + Path.of(System.getProperty("sonde.distribution"))
                        .toRealPath()
                        .resolve("repository"),
                "package")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(maven.waitFor(5, TimeUnit.MINUTES)).as("Maven ended").isTrue();
    assertThat(maven.exitValue()).as(Files.readString(log)).isZero();
    return Files.readAllBytes(project.resolve("target/hello-dns-" + version + ".jar"));
  }

  @BeforeEach
  void start() throws Exception {
    device =
        TestDevice.start(
            home,
            Map.of(
                "sonde.config.network.source", "sample",
                "sonde.config.network.speed", "20",
                "sonde.config.logger.console", ""));
  }

  @AfterEach
  void stop() throws Exception {
    device.close();
  }

  @Test
  void shouldRunAJarThatIsMovedInReplaceItByANewerOneAndUninstallIt() throws Exception {
    moveIn("hello.jar", example);
    TestDevice.await("the module", () -> state("hello-dns").equals("ACTIVE"));
    TestDevice.await("an event of its own type", () -> count("com/acme/dns/NAME_SEEN") > 0);
    long bundleId = device.bundle(BUNDLE).getBundleId();

    moveIn("hello-2.jar", build("2.0.0"));
    TestDevice.await(
        "the new version", () -> device.bundle(BUNDLE).getVersion().toString().equals("2.0.0"));
    TestDevice.await("the module again", () -> state("hello-dns").equals("ACTIVE"));
    assertThat(device.bundle(BUNDLE).getBundleId()).isEqualTo(bundleId);

    Files.delete(deploy("hello-2.jar"));
    TestDevice.await("the end of the bundle", () -> !device.has(BUNDLE));
    // The framework has no such bundle any more before it tells its listeners so.
    TestDevice.await(
        "the end of the module", () -> !device.shell("module:list").contains("hello-dns"));
    assertThat(count("sonde/deploy/REJECTED")).isZero();
  }

  @Test
  void shouldReportABrokenJarAndLeaveEverythingElseAlone() throws Exception {
    moveIn("hello.jar", example);
    TestDevice.await("the module", () -> state("hello-dns").equals("ACTIVE"));

    moveIn("garbage.jar", "this is no jar".getBytes(StandardCharsets.UTF_8));
    moveIn("truncated.jar", Arrays.copyOf(example, example.length / 2));
    moveIn("empty.jar", new byte[0]);
    moveIn("hello.jar", Arrays.copyOf(example, example.length - 100));
    TestDevice.await("four refusals", () -> count("sonde/deploy/REJECTED") == 4);

    for (String name : new String[] {"garbage", "truncated", "empty", "hello"}) {
      assertThat(home.resolve("quarantine").resolve(name + ".jar")).exists();
      assertThat(Files.readString(home.resolve("quarantine").resolve(name + ".jar.reason.txt")))
          .contains("no complete jar")
          .contains("What to do");
    }
    assertThat(deploy("garbage.jar")).doesNotExist();
    assertThat(deploy("truncated.jar")).doesNotExist();
    assertThat(deploy("empty.jar")).doesNotExist();
    assertThat(deploy("hello.jar")).as("the jar that runs").hasBinaryContent(example);
    assertThat(state("hello-dns")).isEqualTo("ACTIVE");
    assertThat(device.shell("module:info hello-dns")).contains("starts      1\n");
    assertThat(state("network")).isEqualTo("ACTIVE");
  }

  @Test
  void shouldPutTheLastGoodVersionBackWhenANewerOneCanNotStart() throws Exception {
    moveIn("hello.jar", example);
    TestDevice.await("the module", () -> state("hello-dns").equals("ACTIVE"));
    byte[] unresolvable =
        TestBundles.of(
            "dev.sonde.it.plain",
            "3.0.0",
            Map.of("Bundle-SymbolicName", BUNDLE, "Import-Package", "org.example.missing,*"));

    moveIn("hello.jar", unresolvable);

    TestDevice.await("the refusal", () -> count("sonde/deploy/REJECTED") == 1);
    TestDevice.await("the module again", () -> state("hello-dns").equals("ACTIVE"));
    assertThat(device.bundle(BUNDLE).getVersion().toString()).isEqualTo("1.0.0");
    assertThat(Files.readString(home.resolve("quarantine/hello.jar.reason.txt")))
        .contains("nothing here exports the package org.example.missing")
        .doesNotContain("osgi.wiring");
    assertThat(deploy("hello.jar")).hasBinaryContent(example);
  }

  @Test
  void shouldPutTheLastGoodVersionBackWhenTheStartOfANewerOneThrows() throws Exception {
    moveIn("hello.jar", example);
    TestDevice.await("the module", () -> state("hello-dns").equals("ACTIVE"));

    moveIn("hello.jar", broken(BUNDLE));

    TestDevice.await("the refusal", () -> count("sonde/deploy/REJECTED") == 1);
    TestDevice.await("the module again", () -> state("hello-dns").equals("ACTIVE"));
    assertThat(device.bundle(BUNDLE).getVersion().toString()).isEqualTo("1.0.0");
    assertThat(Files.readString(home.resolve("quarantine/hello.jar.reason.txt")))
        .contains("no antenna");

    moveIn("hello.jar", build("4.0.0"));
    TestDevice.await(
        "the mended version", () -> device.bundle(BUNDLE).getVersion().toString().equals("4.0.0"));
    TestDevice.await("the module", () -> state("hello-dns").equals("ACTIVE"));
  }

  /// A module whose start throws.
  private static byte[] broken(String symbolicName) throws Exception {
    return TestBundles.of(
        "dev.sonde.it.broken",
        "3.0.0",
        Map.of(
            "Bundle-SymbolicName", symbolicName,
            "Bundle-Activator", "dev.sonde.it.broken.BrokenBundle",
            "Provide-Capability",
                "osgi.service;objectClass:List<String>=\"dev.sonde.bus.SondeModule\""));
  }

  @Test
  void shouldUninstallWhatAFileHeldWhenAnotherBundleTakesItsName() throws Exception {
    moveIn("module.jar", example);
    TestDevice.await("the module", () -> state("hello-dns").equals("ACTIVE"));
    moveIn(
        "module.jar",
        TestBundles.of(
            "dev.sonde.it.probe",
            "1.0.0",
            Map.of("Bundle-Activator", "dev.sonde.it.probe.ProbeBundle")));
    TestDevice.await("the other bundle", () -> device.has("dev.sonde.it.probe"));
    TestDevice.await("the end of what the file held before", () -> !device.has(BUNDLE));
  }

  @Test
  void shouldKeepWhatAFileHeldWhenAnotherBundleUnderItsNameIsRefused() throws Exception {
    moveIn("module.jar", example);
    TestDevice.await("the module", () -> state("hello-dns").equals("ACTIVE"));

    moveIn("module.jar", broken("com.acme.broken"));

    TestDevice.await("the refusal", () -> count("sonde/deploy/REJECTED") == 1);
    TestDevice.await("the jar that runs", () -> Files.exists(deploy("module.jar")));
    assertThat(deploy("module.jar")).hasBinaryContent(example);
    assertThat(state("hello-dns")).isEqualTo("ACTIVE");
    assertThat(device.shell("module:info hello-dns")).contains("starts      1\n");
    assertThat(device.has("com.acme.broken")).isFalse();
  }

  @Test
  void shouldRefuseToReplaceThePlatform() throws Exception {
    for (String name :
        new String[] {
          "org.apache.felix.framework", "dev.sonde.bus-api", "dev.sonde.module-supervisor"
        }) {
      moveIn(name + ".jar", broken(name));
    }
    TestDevice.await("the refusals", () -> count("sonde/deploy/REJECTED") == 3);
    assertThat(Files.readString(home.resolve("quarantine/dev.sonde.bus-api.jar.reason.txt")))
        .contains("belongs to the platform");
    assertThat(state("network")).isEqualTo("ACTIVE");
  }

  @Test
  void shouldRefuseAJarThatIsNoBundle() throws Exception {
    Path jar = Files.createTempFile(home, "plain", ".jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("a.txt"));
      out.write(1);
      out.closeEntry();
    }
    Files.move(jar, deploy("plain.jar"));
    TestDevice.await("the refusal", () -> count("sonde/deploy/REJECTED") == 1);
    assertThat(Files.readString(home.resolve("quarantine/plain.jar.reason.txt")))
        .contains("no bundle");
  }

  private Path deploy(String name) {
    return home.resolve("deploy").resolve(name);
  }

  private void moveIn(String name, byte[] bytes) throws IOException {
    DeployFolder.moveIn(home, name, bytes);
  }

  private String state(String module) throws Exception {
    return device.state(module);
  }

  private long count(String topic) throws IOException {
    long count = 0;
    for (JsonNode event : TestDevice.loggedEvents(home)) {
      count += event.get("topic").asText().equals(topic) ? 1 : 0;
    }
    return count;
  }
}
