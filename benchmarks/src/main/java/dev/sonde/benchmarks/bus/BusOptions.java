package dev.sonde.benchmarks.bus;

import dev.sonde.benchmarks.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was asked for.
final class BusOptions {

  private static final int QUICK_ROUNDS = 3;
  private static final int FULL_ROUNDS = 5;

  private List<Contenders> contenders = List.of(Contenders.values());
  private List<Shape> shapes = List.of(Shape.values());
  private Pattern only = Pattern.compile("");
  private int rounds;
  private boolean full;
  private @Nullable Path json;

  private BusOptions() {}

  static BusOptions parse(Iterator<String> words) throws UsageException {
    BusOptions options = new BusOptions();
    while (words.hasNext()) {
      options.take(words.next(), words);
    }
    if (options.works(1).isEmpty()) {
      throw new UsageException(
          "Nothing is left to run; see ./sonde bench --help for what there is");
    }
    return options;
  }

  private void take(String option, Iterator<String> words) throws UsageException {
    switch (option) {
      case "--full" -> full = true;
      case "--rounds" -> rounds = number(value(option, words));
      case "--contenders" ->
          contenders =
              chosen(
                  value(option, words), Contenders.values(), Contenders::label, contenderNames());
      case "--shapes" ->
          shapes = chosen(value(option, words), Shape.values(), Shape::label, shapeNames());
      case "--only" -> only = pattern(value(option, words));
      case "--json" -> json = Path.of(value(option, words));
      default ->
          throw new UsageException(
              "There is no option '"
                  + option
                  + "'; there are --full, --rounds, --contenders, --shapes, --only and --json");
    }
  }

  private static String value(String option, Iterator<String> words) throws UsageException {
    if (!words.hasNext()) {
      throw new UsageException("Option " + option + " needs a value; see ./sonde bench --help");
    }
    return words.next();
  }

  private static int number(String text) throws UsageException {
    if (!text.matches("[1-9][0-9]{0,2}")) {
      throw new UsageException("'" + text + "' is no number of rounds; choose 1 to 999");
    }
    return Integer.parseInt(text);
  }

  private static Pattern pattern(String text) throws UsageException {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new UsageException("'" + text + "' is no regular expression: " + e.getDescription());
    }
  }

  private static <T> List<T> chosen(String text, T[] all, Function<T, String> label, String names)
      throws UsageException {
    List<T> chosen = new ArrayList<>();
    for (String name : text.split(",", -1)) {
      chosen.add(
          Arrays.stream(all)
              .filter(one -> label.apply(one).equals(name))
              .findFirst()
              .orElseThrow(
                  () -> new UsageException("There is no '" + name + "'; there are " + names)));
    }
    return chosen;
  }

  static String contenderNames() {
    return names(Arrays.stream(Contenders.values()).map(Contenders::label));
  }

  static String shapeNames() {
    return names(Arrays.stream(Shape.values()).map(Shape::label));
  }

  private static String names(Stream<String> labels) {
    return labels.collect(Collectors.joining(", "));
  }

  /// What is run in a round, in this order.
  List<Work> works(int round) {
    return shapes.stream()
        .filter(shape -> shape.isRunIn(round))
        .flatMap(
            shape ->
                contenders.stream()
                    .filter(shape.contenders()::contains)
                    .map(contender -> new Work(shape, contender)))
        .filter(work -> only.matcher(work.toString()).find())
        .toList();
  }

  int rounds() {
    if (rounds > 0) {
      return rounds;
    }
    return full ? FULL_ROUNDS : QUICK_ROUNDS;
  }

  /// Whether the run ends after a quarter of an hour, however far it is. Not if so many rounds were
  /// asked for.
  boolean isBounded() {
    return rounds == 0 && !full;
  }

  boolean full() {
    return full;
  }

  @Nullable Path json() {
    return json;
  }
}
