package dev.sonde.supervisor.shell;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/// Finds the commands that bundles offer as services.
final class CommandCatalog {

  private static final String SCOPE = "osgi.command.scope";
  private static final String FUNCTION = "osgi.command.function";

  private CommandCatalog() {}

  /// @return sorted by name
  static List<CommandEntry> of(BundleContext context) {
    try {
      ServiceReference<?>[] found =
          context.getAllServiceReferences(null, "(&(" + SCOPE + "=*)(" + FUNCTION + "=*))");
      return found == null
          ? List.of()
          : Arrays.stream(found)
              .flatMap(reference -> entries(context, reference))
              .sorted()
              .distinct()
              .toList();
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<CommandEntry> entries(
      BundleContext context, ServiceReference<?> reference) {
    Object service = context.getService(reference);
    if (service == null) {
      return Stream.empty();
    }
    Class<?> type = service.getClass();
    context.ungetService(reference);
    String scope = String.valueOf(reference.getProperty(SCOPE));
    return functions(reference.getProperty(FUNCTION))
        .map(function -> new CommandEntry(scope, function, methods(type, function)));
  }

  private static Stream<String> functions(Object property) {
    return property instanceof Object[] several
        ? Arrays.stream(several).map(String::valueOf)
        : Stream.of(String.valueOf(property));
  }

  /// As the shell finds them: without regard to case; `_` goes before what Java reserves.
  private static List<java.lang.reflect.Method> methods(Class<?> type, String function) {
    return Arrays.stream(type.getMethods())
        .filter(
            method ->
                method.getName().equalsIgnoreCase(function)
                    || method.getName().equalsIgnoreCase("_" + function))
        .toList();
  }
}
