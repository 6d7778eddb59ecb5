package dev.sonde.supervisor.shell;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import org.apache.felix.service.command.Descriptor;

/// A command of the shell, and the ways to call it.
///
/// @param scope the part before the colon
/// @param function the part behind it
/// @param methods one for each set of arguments it takes; may be empty
record CommandEntry(String scope, String function, List<Method> methods)
    implements Comparable<CommandEntry> {

  private static final Comparator<CommandEntry> ORDER =
      Comparator.comparing(CommandEntry::scope).thenComparing(CommandEntry::function);

  String name() {
    return scope + ":" + function;
  }

  /// What it does, in a few words; empty if its author does not say.
  String description() {
    return methods.stream()
        .map(method -> method.getAnnotation(Descriptor.class))
        .filter(descriptor -> descriptor != null)
        .map(Descriptor::value)
        .findFirst()
        .orElse("");
  }

  @Override
  public int compareTo(CommandEntry other) {
    return ORDER.compare(this, other);
  }
}
