package dev.sonde.bridge.codec;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Numbers that keep their value when they change their type, or are refused.
final class Numbers {

  private Numbers() {}

  /// The same number as another type.
  ///
  /// @throws ArithmeticException if the type can not hold it exactly; a decimal fraction may be
  ///     rounded to the nearest `double` or `float`
  static @Nullable Number exactly(Class<?> boxed, Number number) {
    if (boxed == Double.class) {
      return number.doubleValue();
    } else if (boxed == Float.class) {
      return number.floatValue();
    }
    BigDecimal exact = new BigDecimal(number.toString());
    if (boxed == Long.class) {
      return exact.longValueExact();
    } else if (boxed == Integer.class) {
      return exact.intValueExact();
    } else if (boxed == Short.class) {
      return exact.shortValueExact();
    } else if (boxed == Byte.class) {
      return exact.byteValueExact();
    }
    return null;
  }

  /// What such a number is, in words.
  static String expected(Class<?> boxed) {
    if (boxed == Long.class) {
      return range(Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (boxed == Integer.class) {
      return range(Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (boxed == Short.class) {
      return range(Short.MIN_VALUE, Short.MAX_VALUE);
    }
    return boxed == Byte.class ? range(Byte.MIN_VALUE, Byte.MAX_VALUE) : "a number";
  }

  private static String range(long least, long greatest) {
    return "a whole number from " + least + " to " + greatest;
  }

  /// What JSON has no number for.
  static @Nullable Number notFinite(Class<?> boxed, String text) {
    return switch (text) {
      case "NaN", "Infinity", "-Infinity" ->
          boxed == Double.class ? (Number) Double.valueOf(text) : (Number) Float.valueOf(text);
      default -> null;
    };
  }
}
