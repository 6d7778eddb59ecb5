package dev.sonde.supervisor.shell;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;

/// What the help command says, in lines of at most 80 columns.
final class HelpText {

  private static final int WIDTH = 80;
  private static final int INDENT = 12;
  private static final Set<String> PLATFORM = Set.of("cm", "felix", "gogo", "obr", "osgi", "scr");

  private final List<CommandEntry> commands;

  /// @param commands sorted by name
  HelpText(List<CommandEntry> commands) {
    this.commands = commands;
  }

  /// The commands by scope; those of the platform are only counted, since there are many.
  String overview() {
    var scopes =
        commands.stream()
            .collect(
                groupingBy(
                    CommandEntry::scope, TreeMap::new, mapping(CommandEntry::function, toList())));
    var text = new StringBuilder();
    var platform = new ArrayList<String>();
    scopes.forEach(
        (scope, functions) -> {
          if (PLATFORM.contains(scope)) {
            platform.add(scope);
          } else {
            text.append(paragraph(scope, String.join("  ", functions)));
          }
        });
    return text.append('\n')
        .append("help module explains the commands of module, help module:list explains one.\n")
        .append("A command may go without its scope: list is module:list, if no other has it.\n")
        .append("Of the platform: help ")
        .append(String.join(", help ", platform))
        .append(".\n")
        .toString();
  }

  /// One command, or those of one scope.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  String about(String name) {
    List<CommandEntry> scope = commands.stream().filter(c -> c.scope().equals(name)).toList();
    if (!scope.isEmpty()) {
      return table(scope);
    }
    return commands.stream()
        .filter(c -> c.name().equalsIgnoreCase(name) || c.function().equalsIgnoreCase(name))
        .findFirst()
        .map(HelpText::details)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no command or scope '%s': help lists them".formatted(name)));
  }

  private static String table(List<CommandEntry> entries) {
    int indent = 2 + entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
    var text = new StringBuilder();
    entries.forEach(entry -> text.append(paragraph(entry.name(), entry.description(), indent)));
    return text.toString();
  }

  private static String details(CommandEntry entry) {
    var text = new StringBuilder();
    for (Method method : entry.methods()) {
      var parameters = new StringBuilder();
      var usage = new StringBuilder(entry.name());
      for (int i = 0; i < method.getParameterCount(); i++) {
        describe(method, i, usage, parameters);
      }
      text.append(usage).append('\n').append(description(method)).append(parameters);
    }
    return text.isEmpty() ? entry.name() + "\n" : text.toString();
  }

  private static String description(Method method) {
    Descriptor descriptor = method.getAnnotation(Descriptor.class);
    return descriptor == null ? "" : paragraph("", descriptor.value(), 4);
  }

  private static void describe(
      Method method, int index, StringBuilder usage, StringBuilder parameters) {
    Class<?> type = method.getParameterTypes()[index];
    if (type == CommandSession.class) {
      return;
    }
    Annotation[] annotations = method.getParameterAnnotations()[index];
    String name = method.getParameters()[index].getName();
    String what = find(annotations, Descriptor.class).map(Descriptor::value).orElse("");
    Optional<Parameter> option = find(annotations, Parameter.class);
    String shown = option.map(HelpText::option).orElse(name.toUpperCase(java.util.Locale.ROOT));
    usage.append(' ').append(option.isPresent() ? "[" + shown + "]" : shown);
    if (type.isArray()) {
      usage.append("...");
    }
    parameters.append(paragraph("      " + shown, what, 24));
  }

  private static String option(Parameter parameter) {
    boolean flag = !parameter.presentValue().equals(Parameter.UNSPECIFIED);
    return String.join("|", parameter.names()) + (flag ? "" : " VALUE");
  }

  private static <A extends Annotation> Optional<A> find(Annotation[] all, Class<A> type) {
    return Arrays.stream(all).filter(type::isInstance).map(type::cast).findFirst();
  }

  private static String paragraph(String head, String text) {
    return paragraph(head, text, INDENT);
  }

  /// A head, and beside it a text that is broken between words.
  private static String paragraph(String head, String text, int indent) {
    var result = new StringBuilder();
    var line = new StringBuilder(head);
    pad(line, indent);
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH && line.length() > indent) {
        result.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        pad(line, indent);
      }
      line.append(word).append(' ');
    }
    return result.append(line.toString().stripTrailing()).append('\n').toString();
  }

  private static void pad(StringBuilder line, int indent) {
    do {
      line.append(' ');
    } while (line.length() < indent);
  }
}
