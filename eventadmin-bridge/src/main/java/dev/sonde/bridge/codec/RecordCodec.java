package dev.sonde.bridge.codec;

import dev.sonde.bus.Bytes;
import dev.sonde.bus.spi.EventFormatException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Records as names and plain values; the forms stand in [dev.sonde.bus.spi.EventCodec].
public final class RecordCodec {

  /// How deeply records, lists and maps may lie in each other; deeper ones are cut off as text.
  private static final int MAX_DEPTH = 32;

  private RecordCodec() {}

  /// A record's components as plain values.
  public static Map<String, Object> components(Record record) {
    return components(record, 0);
  }

  private static Map<String, Object> components(Record record, int depth) {
    Map<String, Object> plain = new LinkedHashMap<>();
    for (RecordShape.Component component : RecordShape.of(record.getClass()).components()) {
      Object value = plain(component.read(record), depth + 1);
      if (value != null) {
        plain.put(component.name(), value);
      }
    }
    return Collections.unmodifiableMap(plain);
  }

  /// Any value in its plain form; absent and null become empty text.
  static Object plainOf(Object value) {
    Object plain = plain(value, 0);
    return plain == null ? "" : plain;
  }

  private static @Nullable Object plain(@Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      return "…";
    }
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Number number when number.getClass().getName().startsWith("java.lang.") -> number;
      case Boolean bool -> bool;
      case Character character -> character.toString();
      case Enum<?> constant -> constant.name();
      case InetAddress address -> address.getHostAddress();
      case Bytes bytes -> bytes.toArray();
      case byte[] bytes -> bytes;
      case Optional<?> optional -> plain(optional.orElse(null), depth);
      case Collection<?> collection -> list(collection, depth);
      case Map<?, ?> map -> map(map, depth);
      case Record record when parser(record.getClass()) == null -> components(record, depth);
      default -> value.toString();
    };
  }

  private static List<Object> list(Collection<?> collection, int depth) {
    List<Object> plain = new ArrayList<>(collection.size());
    for (Object element : collection) {
      Object value = plain(element, depth + 1);
      if (value != null) {
        plain.add(value);
      }
    }
    return plain;
  }

  private static Map<String, Object> map(Map<?, ?> map, int depth) {
    Map<String, Object> plain = new LinkedHashMap<>();
    map.forEach(
        (key, element) -> {
          Object value = plain(element, depth + 1);
          if (value != null) {
            plain.put(String.valueOf(key), value);
          }
        });
    return plain;
  }

  /// Builds a record from plain values.
  ///
  /// @throws EventFormatException if a component is missing or does not fit
  public static <R extends Record> R fromComponents(Class<R> type, Map<String, ?> components)
      throws EventFormatException {
    return type.cast(build(type, components, ""));
  }

  static Record build(Class<?> type, Map<?, ?> values, String path) throws EventFormatException {
    RecordShape shape = RecordShape.of(type);
    @Nullable Object[] arguments = new Object[shape.components().size()];
    for (int i = 0; i < arguments.length; i++) {
      RecordShape.Component component = shape.components().get(i);
      String name = path.isEmpty() ? component.name() : path + "." + component.name();
      arguments[i] = PlainReader.read(component.type(), values.get(component.name()), name);
    }
    try {
      return shape.create(arguments);
    } catch (InvocationTargetException e) {
      throw new EventFormatException(
          (path.isEmpty() ? type.getSimpleName() : path) + " is refused: " + reason(e.getCause()));
    }
  }

  private static String reason(@Nullable Throwable thrown) {
    String message = thrown == null ? null : thrown.getMessage();
    return message == null ? String.valueOf(thrown) : message;
  }

  /// The method that reads what the type's `toString` writes, if it has one.
  static @Nullable Method parser(Class<?> type) {
    // JDK types that have such a method are read by it too.
    if (type == Instant.class || type == Duration.class || type == Path.class) {
      return null;
    }
    return PARSERS.get(type).orElse(null);
  }

  private static final ClassValue<Optional<Method>> PARSERS =
      new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
          for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals("parse")
                && Modifier.isStatic(method.getModifiers())
                && Modifier.isPublic(method.getModifiers())
                && method.getReturnType() == type
                && method.getParameterCount() == 1
                && method.getParameterTypes()[0] == String.class) {
              method.setAccessible(true);
              return Optional.of(method);
            }
          }
          return Optional.empty();
        }
      };
}
