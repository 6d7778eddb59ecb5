package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device without a clock of its own learns the time late, and somebody may set it wrong: what
/// waits, times out and is tried again goes by a clock that does not jump.
class ClockTest {

  private static final Set<String> WALL_CLOCKS =
      Set.of(
          "java/lang/System.currentTimeMillis",
          "java/time/Instant.now",
          "java/time/InstantSource.system",
          "java/time/Clock.systemUTC",
          "java/time/Clock.systemDefaultZone",
          "java/time/LocalDateTime.now",
          "java/time/ZonedDateTime.now",
          "java/util/Date.<init>");

  /// They only show the time: in an envelope, a reason file, `module:info`.
  private static final Set<String> MAY_SHOW_IT =
      Set.of(
          "dev/sonde/bridge/Bus",
          "dev/sonde/supervisor/Quarantine",
          "dev/sonde/supervisor/SupervisedModule");

  @TempDir Path folder;

  @Test
  void shouldReckonByAClockThatDoesNotJump() throws Exception {
    Set<String> users = new TreeSet<>();
    for (String bundle : List.of("20-bus/eventadmin-bridge", "30-supervisor/module-supervisor")) {
      Path level = TestDevice.SYSTEM.resolve(bundle).getParent();
      String name = Path.of(bundle).getFileName().toString();
      try (Stream<Path> jars = Files.list(level)) {
        for (Path jar :
            jars.filter(file -> file.getFileName().toString().startsWith(name)).toList()) {
          users.addAll(usersOfTheWallClock(jar));
        }
      }
    }
    assertThat(users).isEqualTo(MAY_SHOW_IT);
  }

  private static Set<String> usersOfTheWallClock(Path file) throws IOException {
    Set<String> users = new TreeSet<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      for (var entry : jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        ClassModel model = ClassFile.of().parse(jar.getInputStream(entry).readAllBytes());
        if (usesTheWallClock(model)) {
          users.add(model.thisClass().asInternalName());
        }
      }
    }
    return users;
  }

  private static boolean usesTheWallClock(ClassModel model) {
    return StreamSupport.stream(model.constantPool().spliterator(), false)
        .filter(MemberRefEntry.class::isInstance)
        .map(MemberRefEntry.class::cast)
        .map(member -> member.owner().asInternalName() + "." + member.name().stringValue())
        .anyMatch(WALL_CLOCKS::contains);
  }

  /// With `-Dsonde.faketime=/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1`, of Debian's
  /// package libfaketime; not by itself, since it makes a device slow.
  @Test
  void shouldGoOnWhenTheClockJumpsBack() throws Exception {
    String faketime = System.getProperty("sonde.faketime", "");
    Prerequisites.assume(!faketime.isEmpty(), "-Dsonde.faketime names no libfaketimeMT.so.1");
    Path clock = Files.writeString(folder.resolve("clock"), "+0\n");
    Path home = folder.resolve("home");
    List<String> withClock =
        List.of(
            "env",
            "LD_PRELOAD=" + faketime,
            "FAKETIME_TIMESTAMP_FILE=" + clock,
            "FAKETIME_NO_CACHE=1",
            "FAKETIME_DONT_FAKE_MONOTONIC=1");
    try (SondeProcess sonde = SondeProcess.headlessBehind(withClock, home, "--source", "sample")) {
      sonde.awaitShell(home);
      deploy(home, "1.0.0");
      sonde.await("version 1.0.0", () -> isHeard(home, "1.0.0"));

      Files.writeString(clock, "-1d\n");
      long begun = System.nanoTime();
      deploy(home, "1.0.1");
      sonde.await("version 1.0.1", () -> isHeard(home, "1.0.1"));
      System.out.printf(
          "| clock jumps back by a day | nothing | %d ms |%n",
          Duration.ofNanos(System.nanoTime() - begun).toMillis());
      List<String> times =
          TestDevice.loggedEvents(home).stream().map(event -> event.get("time").asText()).toList();
      assertThat(times).as("the clock did jump").isNotEqualTo(times.stream().sorted().toList());
      String list = new SondeCommands(home).shell("module:list");
      for (String module : List.of("network", "logger", "hardware", "ui", "swap")) {
        assertThat(list).containsPattern(module + " +ACTIVE");
      }
      sonde.signal("TERM");
      assertThat(sonde.awaitExit()).as("%s", sonde).isEqualTo(143);
    }
  }

  private static void deploy(Path home, String version) throws Exception {
    byte[] jar = TestBundles.of("dev.sonde.it.swap", version, Map.of("-dsannotations", "*"));
    DeployFolder.moveIn(home, "swap.jar", jar);
  }

  private static boolean isHeard(Path home, String version) throws IOException {
    return SondeProcess.events(home, "com/acme/swap/HELLO").stream()
        .anyMatch(hello -> hello.get("version").asText().equals(version));
  }
}
