package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Three modules at once with the same fault, row by row on one device, where what hangs goes on
/// hanging. After each row: a witness has heard every event once and in order, all other modules
/// run, the user was told, and the next good jar deploys; how long that takes is printed.
class FaultSuiteTest {

  private static final String WITNESS = "witness";
  private static final String AFTER_AN_UPDATE = "after an update: ";

  /// What each trio of modules is called, by its fault.
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry(AFTER_AN_UPDATE + "start throws", "worse"),
          Map.entry(AFTER_AN_UPDATE + "start hangs", "mute"),
          Map.entry(AFTER_AN_UPDATE + "activator throws", "expired"),
          Map.entry("removed", "removed"),
          Map.entry("start throws", "throwing"),
          Map.entry("start throws an Error", "erring"),
          Map.entry("start hangs", "hanging"),
          Map.entry("activator throws", "unlicensed"),
          Map.entry("activator hangs", "activating"),
          Map.entry("activator stop hangs", "clinging"),
          Map.entry("stop throws", "stuck"),
          Map.entry("stop hangs", "staying"),
          Map.entry("handler throws", "clumsy"),
          Map.entry("handler hangs", "absent"),
          Map.entry("handler is slow", "slow"),
          Map.entry("handler recurses", "circling"),
          Map.entry("fork dies", "dying"),
          Map.entry("fork ignores interrupts", "deaf"),
          Map.entry("leaks a thread", "leaking"));

  private static final List<String> TABLE = new ArrayList<>();

  @TempDir static Path home;
  private static FaultyDevice device;

  /// How many events were posted.
  private static int works;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> settings = new HashMap<>();
    for (String fault : NAMES.keySet()) {
      for (String module : trio(fault)) {
        settings.put(module + ".supervision.restarts", "2");
        settings.put(module + ".supervision.pause", "10ms");
        // Only for what never comes back: that a machine is busy is no fault.
        boolean isOver = neverComesBack(fault);
        settings.put(module + ".supervision.startDeadline", isOver ? "2s" : "20s");
        settings.put(module + ".supervision.stopDeadline", isOver ? "1s" : "20s");
      }
    }
    for (String fault : List.of("handler is slow", "handler hangs")) {
      trio(fault).forEach(module -> settings.put(module + ".supervision.handlerDeadline", "100ms"));
    }
    device = FaultyDevice.start(home, settings);
    device.deploy(WITNESS + ".jar", FaultyDevice.jar(WITNESS, "1.0.0", "none"));
    device.awaitState(WITNESS, "ACTIVE");
  }

  private static boolean neverComesBack(String fault) {
    return fault.contains("hangs") || fault.contains("ignores") || fault.equals("removed");
  }

  @AfterAll
  static void stop() throws Exception {
    device.close();
    System.out.println(
        "| fault, three at once | what the user is told | the next good jar runs after |");
    System.out.println("|---|---|---|");
    TABLE.forEach(System.out::println);
  }

  /// What a row leaves behind that failed is not to trouble the next.
  @AfterEach
  void clean() throws IOException {
    try (Stream<Path> jars = Files.list(home.resolve("deploy"))) {
      for (Path jar : jars.filter(file -> !file.endsWith(WITNESS + ".jar")).toList()) {
        Files.deleteIfExists(jar);
      }
    }
  }

  private static List<String> trio(String fault) {
    return IntStream.rangeClosed(1, 3).mapToObj(number -> NAMES.get(fault) + number).toList();
  }

  private static void deploy(List<String> trio, String version, String fault) throws Exception {
    for (String module : trio) {
      device.deploy(module + ".jar", FaultyDevice.jar(module, version, fault));
    }
  }

  private static void deployAndAwait(List<String> trio, String version, String fault)
      throws Exception {
    deploy(trio, version, fault);
    for (String module : trio) {
      device.awaitHeard(module + ": activated " + version);
      device.awaitState(module, "ACTIVE");
    }
  }

  private static void remove(List<String> trio) throws Exception {
    for (String module : trio) {
      Files.delete(home.resolve("deploy/" + module + ".jar"));
    }
    for (String module : trio) {
      device.awaitState(module, "absent");
    }
  }

  private static void work(int times) throws Exception {
    for (int time = 0; time < times; time++) {
      works++;
      device.work(works);
    }
  }

  /// What a module has heard.
  private static List<Integer> worksOf(String module) {
    return device.heard.stream()
        .filter(note -> note.startsWith(module + ": work "))
        .map(note -> Integer.parseInt(note.split(" ")[2]))
        .toList();
  }

  private static void awaitWorks(List<String> trio, Integer... numbers) throws Exception {
    for (String module : trio) {
      TestDevice.await(
          module + " has heard " + List.of(numbers) + ", " + worksOf(module),
          () -> worksOf(module).equals(List.of(numbers)));
    }
  }

  private static void awaitInfo(List<String> trio, String text) throws Exception {
    for (String module : trio) {
      TestDevice.await(
          text + " in module:info " + module,
          () -> device.shell("module:info " + module).contains(text));
    }
  }

  private static String reason(String module) throws IOException {
    return Files.readString(home.resolve("quarantine/" + module + ".jar.reason.txt"));
  }

  private static void awaitReasons(List<String> trio, String told) throws Exception {
    for (String module : trio) {
      Path reason = home.resolve("quarantine/" + module + ".jar.reason.txt");
      TestDevice.await("the refusal of " + module, () -> TestDevice.contains(reason, told));
      TestDevice.await(
          "the event of it",
          () ->
              device.events("sonde/deploy/REJECTED").stream()
                  .anyMatch(event -> event.contains('"' + module + ".jar\"")));
    }
  }

  private static Map<String, Long> account(String module) throws Exception {
    return device.device().account('"' + module + '"', "Work");
  }

  /// What holds after every row.
  private static void checkTheRest(String fault, String told) throws Exception {
    work(3);
    device.awaitHeard(WITNESS + ": work " + works + " of " + works);
    assertThat(account(WITNESS)).containsEntry("missed", 0L).containsEntry("matched", (long) works);
    assertThat(device.state(WITNESS)).isEqualTo("ACTIVE");
    TABLE.add(
        "| %s | %s | %d ms |".formatted(fault, told, device.checkThatTheRestGoesOn().toMillis()));
  }

  @ParameterizedTest
  @CsvSource({
    "start throws,no antenna",
    "start throws an Error,com/acme/Gone",
    "start hangs,FaultyModule.hang",
    "activator throws,no licence",
    "activator hangs,FaultyModule.hang",
  })
  void shouldRefuseWhatCanNotStart(String fault, String told) throws Exception {
    List<String> trio = trio(fault);
    deploy(trio, "1.0.0", fault);
    checkTheRest(fault + ", just dropped", "its start is under way");
    awaitReasons(trio, told);
    String doctor = device.shell("doctor");
    for (String module : trio) {
      assertThat(doctor).contains(module + ".jar");
      device.awaitState(module, "absent");
    }
    checkTheRest(fault, "refused: " + reason(trio.getFirst()).strip().replace("\n", "; "));
  }

  @ParameterizedTest
  @CsvSource({
    "start throws,no antenna",
    "start hangs,FaultyModule.hang",
    "activator throws,no licence",
  })
  void shouldGiveBackTheLastGoodVersionWithInboxAndState(String fault, String told)
      throws Exception {
    List<String> trio = trio(AFTER_AN_UPDATE + fault);
    deployAndAwait(trio, "1.0.0", "none");
    int first = works + 1;
    work(2);
    awaitWorks(trio, first, first + 1);
    deploy(trio, "2.0.0", fault);
    work(1);
    for (String module : trio) {
      device.awaitHeard(module + ": activated 2.0.0");
    }
    // While no version, or one that does nothing, is there.
    work(1);
    awaitReasons(trio, told);
    for (String module : trio) {
      device.awaitState(module, "ACTIVE");
      // Counted on from the state that the version before had left.
      device.awaitHeard(module + ": work " + works + " of 4");
      assertThat(device.device().bundle("com.acme." + module).getVersion().getMajor()).isOne();
    }
    awaitWorks(trio, first, first + 1, first + 2, first + 3);
    checkTheRest(
        AFTER_AN_UPDATE + fault, "refused; the version before runs on, with inbox and state");
    remove(trio);
  }

  @ParameterizedTest
  @CsvSource({"handler throws,bad work", "handler recurses,StackOverflowError"})
  void shouldGoOnAfterAHandlerThatThrows(String fault, String told) throws Exception {
    List<String> trio = trio(fault);
    deployAndAwait(trio, "1.0.0", fault);
    int first = works + 1;
    work(3);
    awaitWorks(trio, first, first + 1, first + 2);
    awaitInfo(trio, told);
    for (String module : trio) {
      device.awaitState(module, "ACTIVE");
      assertThat(account(module)).containsEntry("failed", 3L).containsEntry("missed", 0L);
      TestDevice.await(
          "the events of it",
          () ->
              device.events("sonde/module/HANDLER_FAILED").stream()
                      .filter(event -> event.contains('"' + module + '"'))
                      .count()
                  == 3);
    }
    checkTheRest(fault, "HANDLER_FAILED for each; last fault in module:info: " + told);
    remove(trio);
  }

  @Test
  void shouldSayThatAHandlerIsSlowAndLoseNothing() throws Exception {
    List<String> trio = trio("handler is slow");
    deployAndAwait(trio, "1.0.0", "handler is slow");
    int first = works + 1;
    work(2);
    awaitWorks(trio, first, first + 1);
    for (String module : trio) {
      TestDevice.await("told", () -> device.states(module).contains("DEGRADED"));
      device.awaitState(module, "ACTIVE");
      assertThat(account(module)).containsEntry("missed", 0L);
    }
    checkTheRest("handler is slow", "DEGRADED, with the place; ACTIVE again when it is through");
    remove(trio);
  }

  @Test
  void shouldCountWhatAHandlerHeldThatHangsAndNotRepeatIt() throws Exception {
    List<String> trio = trio("handler hangs");
    deployAndAwait(trio, "1.0.0", "handler hangs");
    int first = works + 1;
    work(3);
    for (String module : trio) {
      device.awaitState(module, "DEGRADED");
    }
    awaitInfo(trio, "FaultyModule.hang");
    checkTheRest("handler hangs", "DEGRADED; module:info shows its stack");

    int last = works;
    deployAndAwait(trio, "2.0.0", "none");
    Integer[] each = IntStream.rangeClosed(first, last).boxed().toArray(Integer[]::new);
    awaitWorks(trio, each);
    awaitInfo(trio, "left behind by a former run");
    for (String module : trio) {
      assertThat(account(module)).containsEntry("interrupted", 1L).containsEntry("missed", 0L);
    }
    checkTheRest(
        "handler hangs, then an update",
        "one event interrupted, none repeated, what waited is handled; left behind with its stack");
    remove(trio);
  }

  @ParameterizedTest
  @CsvSource({
    "stop throws,stuck valve",
    "stop hangs,left behind",
    "activator stop hangs,",
  })
  void shouldReplaceWhatDoesNotStop(String fault, String told) throws Exception {
    List<String> trio = trio(fault);
    deployAndAwait(trio, "1.0.0", fault);
    int first = works + 1;
    work(1);
    awaitWorks(trio, first);
    deploy(trio, "2.0.0", "none");
    work(1);
    if (told == null) {
      awaitReasons(trio, "FaultyModule.hang");
    } else {
      for (String module : trio) {
        device.awaitHeard(module + ": activated 2.0.0");
        device.awaitState(module, "ACTIVE");
        // With the state that it saved before it hung.
        device.awaitHeard(module + ": work " + works + " of 2");
      }
      awaitInfo(trio, told);
    }
    awaitWorks(trio, first, first + 1);
    checkTheRest(
        fault + " at an update",
        told == null ? "refused: " + reason(trio.getFirst()).strip() : "last fault: " + told);
    if (told != null) {
      remove(trio);
    }
  }

  @Test
  void shouldTakeAModuleDownWhoseForkDies() throws Exception {
    List<String> trio = trio("fork dies");
    deploy(trio, "1.0.0", "fork dies");
    for (String module : trio) {
      device.awaitState(module, "FAILED");
      TestDevice.await("states", () -> device.states(module).contains("FAILED"));
      assertThat(device.states(module)).contains("BACKOFF");
    }
    awaitInfo(trio, "radio is gone");
    assertThat(device.shell("doctor")).contains("module:start " + trio.getFirst());
    checkTheRest("fork dies", "BACKOFF, then FAILED: 3 failures within 300 s, the last: ...");
    remove(trio);
  }

  @Test
  void shouldLeaveForksBehindThatIgnoreInterrupts() throws Exception {
    List<String> trio = trio("fork ignores interrupts");
    deployAndAwait(trio, "1.0.0", "fork ignores interrupts");
    int first = works + 1;
    work(1);
    awaitWorks(trio, first);
    deployAndAwait(trio, "2.0.0", "none");
    work(1);
    awaitWorks(trio, first, first + 1);
    awaitInfo(trio, "left behind");
    awaitInfo(trio, "radio\n            at dev.sonde.it.faulty.FaultyModule.hang");
    checkTheRest("fork ignores interrupts", "left behind; module:info names its thread");
    remove(trio);
  }

  @Test
  void shouldNameThreadsThatAreLeaked() throws Exception {
    List<String> trio = trio("leaks a thread");
    deployAndAwait(trio, "1.0.0", "leaks a thread");
    for (String module : trio) {
      device.shell("module:stop " + module);
    }
    awaitInfo(trio, "thread      acme-leak");
    awaitInfo(trio, "FaultyModule.hang");
    checkTheRest("leaks a thread", "module:info: thread acme-leak, at FaultyModule.hang");
    remove(trio);
  }

  @Test
  void shouldForgetJarsThatAreRemovedWhileTheirStartHangs() throws Exception {
    List<String> trio = trio("removed");
    deploy(trio, "1.0.0", "start hangs");
    for (String module : trio) {
      device.awaitHeard(module + ": started");
    }
    remove(trio);
    assertThat(home.resolve("quarantine/removed1.jar.reason.txt")).doesNotExist();
    checkTheRest("jar removed while its start hangs", "gone");
  }
}
