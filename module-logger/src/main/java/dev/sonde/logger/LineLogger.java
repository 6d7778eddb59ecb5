package dev.sonde.logger;

import dev.sonde.log.Severity;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ops4j.pax.logging.PaxContext;
import org.ops4j.pax.logging.PaxLogger;
import org.ops4j.pax.logging.PaxMarker;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LoggerConsumer;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;

/// What stands behind a bundle's logger. [PaxLogger] has some 110 methods that differ in level and
/// arguments alone; they come here by their names: `warn`, `fqwarn`, `isWarnEnabled`.
final class LineLogger implements InvocationHandler {

  private final LogLines lines;
  private final String bundle;
  private final String name;
  private final boolean printf;
  private final PaxContext context = new PaxContext();

  private LineLogger(LogLines lines, String bundle, String name, boolean printf) {
    this.lines = lines;
    this.bundle = bundle;
    this.name = name;
    this.printf = printf;
  }

  /// @param bundle symbolic name of who logs
  /// @param printf whether messages are formatted by `%s` (OSGi's `FormatterLogger`) or `{}`
  static PaxLogger of(LogLines lines, String bundle, String name, boolean printf) {
    return (PaxLogger)
        Proxy.newProxyInstance(
            LineLogger.class.getClassLoader(),
            new Class<?>[] {PaxLogger.class},
            new LineLogger(lines, bundle, name, printf));
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // A proxy's equals, which must not ask itself.
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Exception {
    String called = method.getName();
    return switch (called) {
      case "getName" -> name;
      case "toString" -> "logger " + name + " of " + bundle;
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> arguments != null && proxy == arguments[0];
      case "getPaxContext" -> context;
      case "getPaxLogLevel" -> paxLevel(lines.least());
      case "getLogLevel" -> level(lines.least());
      default -> {
        boolean asked = called.startsWith("is");
        String level = called.replaceFirst("^(is|fq)", "").replace("Enabled", "");
        boolean wanted = level.equalsIgnoreCase("audit") || lines.want(severity(level));
        if (wanted && !asked && arguments != null) {
          log((PaxLogger) proxy, severity(level), given(method, arguments));
        }
        yield asked ? wanted : null;
      }
    };
  }

  private static int paxLevel(Severity severity) {
    return switch (severity) {
      case TRACE -> PaxLogger.LEVEL_TRACE;
      case DEBUG -> PaxLogger.LEVEL_DEBUG;
      case INFO -> PaxLogger.LEVEL_INFO;
      case WARNING -> PaxLogger.LEVEL_WARNING;
      case ERROR -> PaxLogger.LEVEL_ERROR;
    };
  }

  static LogLevel level(Severity severity) {
    return switch (severity) {
      case TRACE -> LogLevel.TRACE;
      case DEBUG -> LogLevel.DEBUG;
      case INFO -> LogLevel.INFO;
      case WARNING -> LogLevel.WARN;
      case ERROR -> LogLevel.ERROR;
    };
  }

  private static Severity severity(String level) {
    return switch (level.charAt(0)) {
      case 't', 'T' -> Severity.TRACE;
      case 'd', 'D' -> Severity.DEBUG;
      case 'i', 'I', 'a', 'A' -> Severity.INFO;
      case 'w', 'W' -> Severity.WARNING;
      default -> Severity.ERROR;
    };
  }

  /// The message and what belongs into it: without the caller's class and the marker before it, and
  /// with `Object...` spread.
  private static List<@Nullable Object> given(Method method, @Nullable Object[] arguments) {
    boolean namesCaller = method.getName().startsWith("fq");
    boolean marked = List.of(method.getParameterTypes()).contains(PaxMarker.class);
    List<@Nullable Object> given =
        Arrays.stream(arguments)
            .skip((namesCaller ? 1 : 0) + (marked ? 1 : 0))
            .collect(Collectors.toCollection(ArrayList::new));
    if (method.isVarArgs() && given.getLast() instanceof Object[] several) {
      given.removeLast();
      given.addAll(Arrays.asList(several));
    }
    return given;
  }

  private void log(PaxLogger self, Severity severity, List<@Nullable Object> given)
      throws Exception {
    if (given.getFirst() instanceof LoggerConsumer<?> consumer) {
      consumer.accept(self);
      return;
    }
    String format = String.valueOf(given.removeFirst());
    given.removeIf(argument -> argument instanceof ServiceReference<?>);
    FormattingTuple line = format(format, given.toArray());
    lines.take(bundle, name, severity, line.getMessage(), line.getThrowable());
  }

  private FormattingTuple format(String format, @Nullable Object[] arguments) {
    FormattingTuple braces = MessageFormatter.arrayFormat(format, arguments);
    if (!printf || arguments.length == 0) {
      return braces;
    }
    try {
      return new FormattingTuple(
          String.format(format, arguments), arguments, braces.getThrowable());
    } catch (RuntimeException unfit) {
      return braces;
    }
  }
}
