package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Types `bin/sonde` commands about one home directory.
record SondeCommands(Path home) {

  /// How many modules are shipped.
  static final int MODULES = 5;

  /// Runs a command to its end.
  ///
  /// @param code the exit code it must have
  /// @param words command and options, without the home
  /// @return what it printed, errors too
  String expect(int code, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", home.toString()));
    try (SondeProcess sonde = SondeProcess.start(home.getParent(), all.toArray(String[]::new))) {
      assertThat(sonde.awaitExit()).as("%s", sonde).isEqualTo(code);
      return sonde.out() + sonde.err();
    }
  }

  /// Runs a shell command in the device.
  String shell(String command) throws Exception {
    return expect(0, "exec", command);
  }

  /// Waits until a process has come so far, as it says in its home directory.
  void awaitStage(SondeProcess process, String stage) throws Exception {
    process.await(
        stage,
        () -> TestDevice.contains(home.resolve(".lock"), process.pid() + " " + stage + "\n"));
  }

  /// How many of the shipped modules run.
  long activeModules() throws Exception {
    return shell("module:list").lines().filter(line -> line.contains(" ACTIVE ")).count();
  }
}
