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

  /// What JSON has no number for.
  static @Nullable Number notFinite(Class<?> boxed, String text) {
    return switch (text) {
      case "NaN", "Infinity", "-Infinity" ->
          boxed == Double.class ? (Number) Double.valueOf(text) : (Number) Float.valueOf(text);
      default -> null;
    };
  }
}
