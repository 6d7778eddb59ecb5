package dev.sonde.bus;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes one component of a configuration record ([ModuleContext#config]). The key in the file
/// is the component's name.
///
/// ```java
/// record CaptureConfig(
///     @Setting(value = "auto", help = "auto, live:IFACE, pcap:FILE or sample") String source,
///     @Setting(value = "65535", min = 64, max = 262144, unit = "bytes") int snapLengthBytes,
///     @Setting(value = "1s", help = "how often figures come") Duration statisticsPeriod) {}
/// ```
///
/// A component may be a `boolean`, `int`, `long` or `double` (or its box), a [String], an enum, a
/// [java.time.Duration] (`250ms`, `1s`, `5m`, `2h`, or ISO 8601), a [java.nio.file.Path], a type of
/// the module's own with a static method `parse(String)`, or a `List` of these, separated by
/// commas. What `parse` says in the [IllegalArgumentException] that it throws follows the key in a
/// sentence, such as `is 'x'; expected off or on`.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /// The default, written as in the file.
  ///
  /// @return text that fits the component's type and range
  String value();

  /// What it is for, in a few words; the shell shows it.
  ///
  /// @return may be empty
  String help() default "";

  /// The unit of a number.
  ///
  /// @return for example `bytes`; empty where there is none or the type says it
  String unit() default "";

  /// The least number allowed, or the least length of a duration in milliseconds.
  ///
  /// @return unbounded if not given
  double min() default Double.NEGATIVE_INFINITY;

  /// The greatest number allowed, or the greatest length of a duration in milliseconds.
  ///
  /// @return unbounded if not given
  double max() default Double.POSITIVE_INFINITY;
}
