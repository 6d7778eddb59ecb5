package dev.sonde.bridge;

import dev.sonde.bus.Setting;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One setting's text as a value.
final class SettingText {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private SettingText() {}

  /// Reads.
  ///
  /// @throws IllegalArgumentException if it does not fit; the message follows the key in a sentence
  static Object read(Type type, Setting setting, String text) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      return list(generic.getActualTypeArguments()[0], setting, text);
    }
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalArgumentException("has type " + type + ", which no text can give");
    }
    Object value = scalar(plain, text);
    checkRange(value, setting);
    return value;
  }

  private static List<Object> list(Type element, Setting setting, String text) {
    return text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(",", -1))
            .map(part -> read(element, setting, part.strip()))
            .toList();
  }

  private static Object scalar(Class<?> type, String text) {
    try {
      if (type == String.class) {
        return text;
      } else if (type == int.class || type == Integer.class) {
        return Integer.valueOf(text);
      } else if (type == long.class || type == Long.class) {
        return Long.valueOf(text);
      } else if (type == double.class || type == Double.class) {
        return Double.valueOf(text);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is '" + text + "'; expected a number", e);
    }
    if (type == boolean.class || type == Boolean.class) {
      return bool(text);
    } else if (type == Duration.class) {
      return duration(text);
    } else if (type == Path.class) {
      return Path.of(text);
    } else if (type.isEnum()) {
      return constant(type, text);
    }
    return parsed(type, text);
  }

  /// By the type's own method, which may be private to its bundle.
  private static Object parsed(Class<?> type, String text) {
    try {
      Method parser = type.getDeclaredMethod("parse", String.class);
      parser.setAccessible(true);
      return type.cast(parser.invoke(null, text));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        throw refusal;
      }
      throw new IllegalArgumentException("can not be read: " + e.getCause(), e);
    } catch (ReflectiveOperationException | ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException(
          "has type " + type.getName() + ", which no text can give", e);
    }
  }

  private static Boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw new IllegalArgumentException("is '" + text + "'; expected true or false");
    };
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "is '" + text + "'; expected a duration such as 250ms, 1s, 5m or 2h", e);
    }
  }

  private static Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "is '"
            + text
            + "'; expected one of "
            + Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }

  private static void checkRange(Object value, Setting setting) {
    double number =
        switch (value) {
          case Number n -> n.doubleValue();
          case Duration duration -> duration.toSeconds() * 1e3 + duration.toMillisPart();
          default -> 0;
        };
    boolean bounded = value instanceof Number || value instanceof Duration;
    if (bounded && !(number >= setting.min() && number <= setting.max())) {
      String unit = value instanceof Duration ? " ms" : (" " + setting.unit()).stripTrailing();
      throw new IllegalArgumentException(
          "is " + plain(number) + unit + "; expected " + range(setting) + unit);
    }
  }

  private static String range(Setting setting) {
    if (setting.max() == Double.POSITIVE_INFINITY) {
      return "at least " + plain(setting.min());
    }
    return setting.min() == Double.NEGATIVE_INFINITY
        ? "at most " + plain(setting.max())
        : plain(setting.min()) + " to " + plain(setting.max());
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
