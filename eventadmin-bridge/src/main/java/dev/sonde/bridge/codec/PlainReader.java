package dev.sonde.bridge.codec;

import dev.sonde.bus.Bytes;
import dev.sonde.bus.spi.EventFormatException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads plain values into the types of record components.
final class PlainReader {

  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          boolean.class, Boolean.class,
          byte.class, Byte.class,
          short.class, Short.class,
          int.class, Integer.class,
          long.class, Long.class,
          float.class, Float.class,
          double.class, Double.class,
          char.class, Character.class);

  private PlainReader() {}

  static @Nullable Object read(Type type, @Nullable Object value, String path)
      throws EventFormatException {
    Class<?> raw = raw(type);
    if (raw == Optional.class) {
      return value == null
          ? Optional.empty()
          : Optional.ofNullable(read(argument(type, 0), value, path));
    }
    if (value == null) {
      throw new EventFormatException(path + " is missing; expected " + expected(raw));
    }
    if (raw == List.class || raw == Collection.class) {
      return List.copyOf(elements(type, value, path));
    }
    if (raw == Set.class) {
      return new LinkedHashSet<>(elements(type, value, path));
    }
    if (raw == Map.class) {
      return entries(type, value, path);
    }
    try {
      Object converted = scalar(raw, value, path);
      if (converted != null) {
        return converted;
      }
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw wrong(raw, value, path);
    }
    throw wrong(raw, value, path);
  }

  private static @Nullable Object scalar(Class<?> raw, Object value, String path)
      throws EventFormatException {
    Class<?> boxed = BOXES.getOrDefault(raw, raw);
    if (boxed.isInstance(value)) {
      return value;
    }
    if (value instanceof byte[] bytes && raw == Bytes.class) {
      return Bytes.copyOf(bytes);
    }
    if (value instanceof Map<?, ?> map && raw.isRecord()) {
      return RecordCodec.build(raw, map, path);
    }
    if (value instanceof Number number && Number.class.isAssignableFrom(boxed)) {
      return Numbers.exactly(boxed, number);
    }
    return value instanceof String text ? fromText(raw, boxed, text) : null;
  }

  private static @Nullable Object fromText(Class<?> raw, Class<?> boxed, String text) {
    if (raw.isEnum()) {
      return constant(raw, text);
    } else if (raw == Instant.class) {
      return Instant.parse(text);
    } else if (raw == Duration.class) {
      return Duration.parse(text);
    } else if (raw == Path.class) {
      return Path.of(text);
    } else if (InetAddress.class.isAssignableFrom(raw)) {
      // A literal only: a name would be looked up.
      InetAddress address = InetAddress.ofLiteral(text);
      return raw.isInstance(address) ? address : null;
    } else if (raw == Bytes.class) {
      return Bytes.copyOf(Base64.getDecoder().decode(text));
    } else if (boxed == Character.class) {
      return text.length() == 1 ? text.charAt(0) : null;
    } else if (boxed == Double.class || boxed == Float.class) {
      return Numbers.notFinite(boxed, text);
    }
    Method parser = RecordCodec.parser(raw);
    return parser == null ? null : parse(parser, text);
  }

  private static Object constant(Class<?> raw, String text) {
    for (Object constant : raw.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(text);
  }

  private static @Nullable Object parse(Method parser, String text) {
    try {
      return parser.invoke(null, text);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Object> elements(Type type, Object value, String path)
      throws EventFormatException {
    if (!(value instanceof Collection<?> collection)) {
      throw wrong(List.class, value, path);
    }
    List<Object> read = new ArrayList<>(collection.size());
    int index = 0;
    for (Object element : collection) {
      Object converted = read(argument(type, 0), element, path + "[" + index++ + "]");
      if (converted != null) {
        read.add(converted);
      }
    }
    return read;
  }

  private static Map<String, Object> entries(Type type, Object value, String path)
      throws EventFormatException {
    if (!(value instanceof Map<?, ?> map) || raw(argument(type, 0)) != String.class) {
      throw wrong(Map.class, value, path);
    }
    Map<String, Object> read = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      Object converted = read(argument(type, 1), entry.getValue(), path + "." + key);
      if (converted != null) {
        read.put(key, converted);
      }
    }
    return read;
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      default -> Object.class;
    };
  }

  private static Type argument(Type type, int index) {
    return type instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[index]
        : Object.class;
  }

  private static EventFormatException wrong(Class<?> expected, Object value, String path) {
    String shown =
        shorten(
            value instanceof Map || value instanceof List
                ? JsonText.write(value)
                : String.valueOf(value));
    return new EventFormatException(
        path
            + " is "
            + (value instanceof String ? "'" + shown + "'" : shown)
            + "; expected "
            + expected(expected)
            + (expected.isEnum() ? NearMiss.question(shown, constants(expected)) : ""));
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name())
        .toList();
  }

  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static String expected(Class<?> type) {
    Class<?> boxed = BOXES.getOrDefault(type, type);
    if (type.isEnum()) {
      return "one of " + String.join(", ", constants(type));
    } else if (boxed == Boolean.class) {
      return "true or false";
    } else if (Number.class.isAssignableFrom(boxed)) {
      return Numbers.expected(boxed);
    } else if (type == Instant.class) {
      return "a time such as 2026-01-31T12:00:00Z";
    } else if (type == Duration.class) {
      return "a duration such as PT1.5S";
    } else if (InetAddress.class.isAssignableFrom(type)) {
      return "an IP address";
    } else if (type == Bytes.class) {
      return "bytes in base64";
    } else if (type == List.class || type == Set.class || type == Collection.class) {
      return "a list";
    } else if (type == Map.class || type.isRecord()) {
      return type == Map.class || RecordCodec.parser(type) == null
          ? "an object"
          : "a " + type.getSimpleName();
    }
    return type == String.class ? "text" : "a " + type.getSimpleName();
  }
}
