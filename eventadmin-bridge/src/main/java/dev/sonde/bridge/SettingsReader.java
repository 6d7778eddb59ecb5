package dev.sonde.bridge;

import dev.sonde.bus.Setting;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads text values into a configuration record, component by component: what does not fit is a
/// problem, and the last good value of that component stands.
///
/// @param <C> the record
final class SettingsReader<C extends Record> {

  private final Class<C> type;
  private final List<Problem> problems = new ArrayList<>();

  /// A value that does not fit.
  ///
  /// @param key its key
  /// @param text what is wrong and what would be right
  record Problem(String key, String text) {}

  SettingsReader(Class<C> type) {
    this.type = type;
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /// Reads.
  ///
  /// @param lastGood the values to keep where the new ones do not fit; without, the defaults
  /// @throws IllegalArgumentException if the record itself is not made as [Setting] says
  C read(Map<String, String> values, Optional<C> lastGood) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] = component(components[i], values, lastGood);
    }
    complainAboutUnknownKeys(components, values);
    return create(components, arguments, values, lastGood);
  }

  private Object component(
      RecordComponent component, Map<String, String> values, Optional<C> lastGood) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalArgumentException(
          "Component " + component.getName() + " of " + type.getName() + " has no @Setting");
    }
    Object fallback = defaultOf(component, setting);
    String text = values.get(component.getName());
    if (text == null) {
      return fallback;
    }
    try {
      return SettingText.read(component.getGenericType(), setting, text.strip());
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(component.getName(), String.valueOf(e.getMessage())));
      return lastGood.map(good -> valueOf(component, good)).orElse(fallback);
    }
  }

  private Object defaultOf(RecordComponent component, Setting setting) {
    try {
      return SettingText.read(component.getGenericType(), setting, setting.value());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The default of "
              + component.getName()
              + " in "
              + type.getName()
              + " does not fit: "
              + e.getMessage(),
          e);
    }
  }

  private static Object valueOf(RecordComponent component, Record record) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private void complainAboutUnknownKeys(RecordComponent[] components, Map<String, String> values) {
    TreeSet<String> known = new TreeSet<>();
    Arrays.stream(components).forEach(component -> known.add(component.getName()));
    for (String key : values.keySet()) {
      // Keys with a dot belong to the platform, such as service.pid.
      if (!known.contains(key) && key.indexOf('.') < 0) {
        problems.add(
            new Problem(key, "is no setting of this module; it has " + String.join(", ", known)));
      }
    }
  }

  private C create(
      RecordComponent[] components,
      Object[] arguments,
      Map<String, String> values,
      Optional<C> lastGood) {
    try {
      Constructor<C> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      // The record's own constructor refuses the values as a whole.
      @Nullable Throwable cause = e.getCause();
      problems.add(new Problem("", String.valueOf(cause == null ? e : cause.getMessage())));
      if (lastGood.isEmpty() && values.isEmpty()) {
        throw new IllegalArgumentException(type.getName() + " refuses its own defaults", e);
      }
      return lastGood.orElseGet(() -> new SettingsReader<>(type).read(Map.of(), Optional.empty()));
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
