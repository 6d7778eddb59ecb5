package dev.sonde.bridge.codec;

import dev.sonde.bus.spi.EventFormatException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds names that a record, or one within it, does not have: they may be misspelt.
final class Names {

  private Names() {}

  /// @throws EventFormatException names the first of them by its path
  static void check(Type type, Object value, String path) throws EventFormatException {
    switch (type) {
      case Class<?> plain when plain.isRecord() && value instanceof Map<?, ?> values ->
          checkRecord(plain, values, path);
      case ParameterizedType generic when generic.getRawType() == Optional.class ->
          check(generic.getActualTypeArguments()[0], value, path);
      case ParameterizedType generic when value instanceof Map<?, ?> entries ->
          checkEntries(last(generic), entries, path);
      case ParameterizedType generic when value instanceof List<?> elements ->
          checkElements(last(generic), elements, path);
      default -> {}
    }
  }

  private static Type last(ParameterizedType generic) {
    Type[] arguments = generic.getActualTypeArguments();
    return arguments[arguments.length - 1];
  }

  private static void checkRecord(Class<?> type, Map<?, ?> values, String path)
      throws EventFormatException {
    RecordShape shape = RecordShape.of(type);
    List<String> known = shape.components().stream().map(RecordShape.Component::name).toList();
    for (Object name : values.keySet()) {
      if (!known.contains(name)) {
        throw new EventFormatException(
            below(path, name)
                + " is not known here"
                + NearMiss.question(String.valueOf(name), known)
                + (known.isEmpty()
                    ? "; " + type.getSimpleName() + " has no components: leave it out"
                    : "; there are " + String.join(", ", known)));
      }
    }
    for (RecordShape.Component component : shape.components()) {
      Object value = values.get(component.name());
      if (value != null) {
        check(component.type(), value, below(path, component.name()));
      }
    }
  }

  private static void checkEntries(Type type, Map<?, ?> entries, String path)
      throws EventFormatException {
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      check(type, entry.getValue(), below(path, entry.getKey()));
    }
  }

  private static void checkElements(Type type, List<?> elements, String path)
      throws EventFormatException {
    for (int i = 0; i < elements.size(); i++) {
      check(type, elements.get(i), path + "[" + i + "]");
    }
  }

  private static String below(String path, Object name) {
    return path.isEmpty() ? String.valueOf(name) : path + "." + name;
  }
}
