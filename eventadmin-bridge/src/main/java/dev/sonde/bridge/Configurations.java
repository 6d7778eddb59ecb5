package dev.sonde.bridge;

import dev.sonde.event.module.ConfigurationRejected;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/// Modules' configuration: values as text, from wherever they are kept, read into records.
final class Configurations {

  /// The key under which the file's name stands among the values.
  static final String FILE = "sonde.file";

  /// What comes before a key to give the key of its line number.
  static final String LINE = "sonde.line.";

  private final Function<String, Map<String, String>> values;
  private final Function<String, Optional<String>> overrides;
  private final Consumer<ConfigurationRejected> rejections;
  private final List<Watch<?>> watches = new CopyOnWriteArrayList<>();

  /// @param values the present values of a module by key
  /// @param overrides the value for `module.key` that goes before all, from the command line
  /// @param rejections is told of each value that does not fit
  Configurations(
      Function<String, Map<String, String>> values,
      Function<String, Optional<String>> overrides,
      Consumer<ConfigurationRejected> rejections) {
    this.values = values;
    this.overrides = overrides;
    this.rejections = rejections;
  }

  <C extends Record> C read(String module, Class<C> type) {
    return read(module, type, Optional.empty());
  }

  private <C extends Record> C read(String module, Class<C> type, Optional<C> lastGood) {
    Map<String, String> present = new HashMap<>(values.apply(module));
    for (RecordComponent component : type.getRecordComponents()) {
      overrides
          .apply(module + "." + component.getName())
          .ifPresent(value -> present.put(component.getName(), value));
    }
    SettingsReader<C> reader = new SettingsReader<>(type);
    C read = reader.read(present, lastGood);
    for (SettingsReader.Problem problem : reader.problems()) {
      rejections.accept(
          new ConfigurationRejected(
              module,
              present.getOrDefault(FILE, ""),
              Integer.parseInt(present.getOrDefault(LINE + problem.key(), "0")),
              problem.key(),
              problem.text()));
    }
    return read;
  }

  <C extends Record> Watch<C> watch(String module, Class<C> type, Consumer<C> changed) {
    Watch<C> watch = new Watch<>(module, type, read(module, type), changed);
    watches.add(watch);
    return watch;
  }

  /// Says that a module's values may have changed.
  void changed(String module) {
    watches.stream().filter(watch -> watch.module.equals(module)).forEach(Watch::refresh);
  }

  /// Somebody who wants to know of changes.
  final class Watch<C extends Record> {
    private final String module;
    private final Class<C> type;
    private final Consumer<C> changed;
    private C current;

    private Watch(String module, Class<C> type, C current, Consumer<C> changed) {
      this.module = module;
      this.type = type;
      this.current = current;
      this.changed = changed;
    }

    synchronized C current() {
      return current;
    }

    private synchronized void refresh() {
      C read = read(module, type, Optional.of(current));
      if (!read.equals(current)) {
        current = read;
        changed.accept(read);
      }
    }

    void close() {
      watches.remove(this);
    }
  }
}
