package dev.sonde.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What the user asked for.
sealed interface Invocation {

  /// Start the device in the foreground.
  ///
  /// @param home given by `--home`, else null
  /// @param headless no shell, even on a terminal
  /// @param exitWhenDone end when the source has ended and everything is handled
  /// @param sourceRequired a source was named: it is an error if it can not be opened
  /// @param settings values that go before those in `conf/`, by `MODULE.KEY`
  record Run(
      @Nullable Path home,
      boolean headless,
      boolean exitWhenDone,
      boolean sourceRequired,
      SortedMap<String, String> settings)
      implements Invocation {

    /// Asks for the same in another process, wherever that one works; without the home.
    List<String> words() {
      var words = new ArrayList<String>(List.of("run", "--headless"));
      if (exitWhenDone) {
        words.add("--exit-when-done");
      }
      settings.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
      return words;
    }
  }

  /// Start the device in the background.
  ///
  /// @param run what is asked of it
  record Start(Run run) implements Invocation {}

  /// End the device.
  ///
  /// @param home given by `--home`, else null
  record Stop(@Nullable Path home) implements Invocation {}

  /// Say whether the device runs.
  ///
  /// @param home given by `--home`, else null
  record Status(@Nullable Path home) implements Invocation {}

  /// Be a shell of the device that runs.
  ///
  /// @param home given by `--home`, else null
  record Console(@Nullable Path home) implements Invocation {}

  /// Say what is wrong, also with a device that does not run.
  ///
  /// @param home given by `--home`, else null
  record Doctor(@Nullable Path home) implements Invocation {}

  /// Run one shell command in the device that runs.
  ///
  /// @param home given by `--home`, else null
  /// @param command as one would type it at the prompt
  record Exec(@Nullable Path home, String command) implements Invocation {}

  /// Say how to use it.
  record Help() implements Invocation {}

  /// Say which version this is.
  record Version() implements Invocation {}
}
