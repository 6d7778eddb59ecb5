package dev.sonde.bridge;

import dev.sonde.bus.Setting;
import dev.sonde.bus.spi.SettingValue;
import dev.sonde.event.module.ConfigurationRejected;
import java.lang.ref.WeakReference;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

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

  /// Weak, so that nothing of a bundle is kept that is gone.
  private final Map<String, List<WeakReference<Class<? extends Record>>>> types =
      new ConcurrentHashMap<>();

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
    remember(module, type);
    Map<String, String> present = present(module, type);
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

  private Map<String, String> present(String module, Class<? extends Record> type) {
    Map<String, String> present = new HashMap<>(values.apply(module));
    for (RecordComponent component : type.getRecordComponents()) {
      overrides
          .apply(module + "." + component.getName())
          .ifPresent(value -> present.put(component.getName(), value));
    }
    return present;
  }

  private void remember(String module, Class<? extends Record> type) {
    types.compute(
        module,
        (same, known) -> {
          List<WeakReference<Class<? extends Record>>> all = new ArrayList<>();
          all.add(new WeakReference<>(type));
          if (known != null) {
            known.stream()
                .filter(other -> !other.refersTo(null) && !other.refersTo(type))
                .forEach(all::add);
          }
          return all;
        });
  }

  /// The records that a module has asked for and whose bundle is still there, the newest first.
  private List<Class<? extends Record>> types(String module) {
    List<Class<? extends Record>> found = new ArrayList<>();
    for (WeakReference<Class<? extends Record>> type : types.getOrDefault(module, List.of())) {
      Class<? extends Record> known = type.get();
      if (known != null) {
        found.add(known);
      }
    }
    return found;
  }

  /// What a module has asked for, as it stands.
  List<SettingValue> settings(String module) {
    Map<String, SettingValue> all = new LinkedHashMap<>();
    for (Class<? extends Record> type : types(module)) {
      Map<String, String> present = present(module, type);
      Map<String, String> problems = problems(type, present);
      for (RecordComponent component : type.getRecordComponents()) {
        String key = component.getName();
        Setting setting = component.getAnnotation(Setting.class);
        all.putIfAbsent(
            key,
            new SettingValue(
                key,
                present.getOrDefault(key, setting.value()),
                setting.value(),
                setting.unit(),
                setting.help(),
                problems.getOrDefault(key, "")));
      }
    }
    return List.copyOf(all.values());
  }

  /// What would be wrong with a value.
  Optional<String> objection(String module, String key, String value) {
    return types(module).stream()
        .map(
            type -> {
              Map<String, String> present = present(module, type);
              present.put(key, value);
              Map<String, String> problems = problems(type, present);
              return problems.getOrDefault(key, problems.getOrDefault("", ""));
            })
        .filter(problem -> !problem.isEmpty())
        .findFirst();
  }

  private static <C extends Record> Map<String, String> problems(
      Class<C> type, Map<String, String> present) {
    SettingsReader<C> reader = new SettingsReader<>(type);
    var _ = reader.read(present, Optional.empty());
    return reader.problems().stream()
        .collect(
            Collectors.toMap(
                SettingsReader.Problem::key, SettingsReader.Problem::text, (one, other) -> one));
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
