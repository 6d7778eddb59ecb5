package dev.sonde.benchmarks.stress;

import dev.sonde.benchmarks.UsageException;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jcstress.infra.runners.TestList;

/// What was asked for.
///
/// @param mode what jcstress is told about forks and time
/// @param only a regular expression for a part of the tests' names
record StressOptions(List<String> mode, Pattern only) {

  /// Both actors are compiled alike, and a test has four forks: interpreted, by each compiler, and
  /// with the compiler's choices at random. Most of the time goes into starting the forks.
  private static final List<String> QUICK =
      List.of("-m", "quick", "-sc", "false", "-time", "400", "-iters", "3");

  private static final List<String> FULL = List.of("-m", "default");

  static StressOptions parse(Iterator<String> words) throws UsageException {
    List<String> mode = QUICK;
    Pattern only = Pattern.compile("");
    while (words.hasNext()) {
      String option = words.next();
      switch (option) {
        case "--full" -> mode = FULL;
        case "--only" -> only = pattern(words);
        default ->
            throw new UsageException(
                "There is no option '" + option + "'; there are --full and --only");
      }
    }
    StressOptions options = new StressOptions(mode, only);
    if (options.tests().isEmpty()) {
      throw new UsageException("No test's name matches '" + only + "'; there are " + names());
    }
    return options;
  }

  private static Pattern pattern(Iterator<String> words) throws UsageException {
    if (!words.hasNext()) {
      throw new UsageException("Option --only needs a value; see ./sonde bench --help");
    }
    String text = words.next();
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new UsageException("'" + text + "' is no regular expression: " + e.getDescription());
    }
  }

  /// The tests that are to run.
  List<String> tests() {
    return TestList.tests().stream().filter(test -> only.matcher(test).find()).toList();
  }

  private static String names() {
    return String.join(", ", TestList.tests().stream().map(StressOptions::shortName).toList());
  }

  static String shortName(String test) {
    return test.substring(test.lastIndexOf('.') + 1).replaceFirst("Stress$", "");
  }
}
