package dev.sonde.logger;

import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// `module:log` in the shell.
@Component(
    service = ModuleLogCommand.class,
    property = {"osgi.command.scope=module", "osgi.command.function=log"})
public final class ModuleLogCommand {

  private final LoggerModule logger;

  /// Made by the service registry.
  ///
  /// @param logger what the command asks
  @Activate
  public ModuleLogCommand(@Reference LoggerModule logger) {
    this.logger = logger;
  }

  /// The last lines of one module: what it published, and what was published about it.
  ///
  /// @param count how many
  /// @param name the module's name
  /// @return the lines, oldest first
  /// @throws InterruptedException if the shell gave up
  @Descriptor("the last lines of a module, and of what happened to it, oldest first")
  public String log(
      @Descriptor("how many, up to 1,000")
          @Parameter(
              names = {"-n", "--count"},
              absentValue = "20")
          int count,
      @Descriptor("the module's name") String name)
      throws InterruptedException {
    List<String> lines =
        logger.ask(recording -> recording.tail(heard -> concerns(heard, name), count));
    return lines.isEmpty()
        ? "Nothing heard of " + name + " yet; module:list has the names"
        : String.join("\n", lines);
  }

  private static boolean concerns(Heard heard, String name) {
    return heard.module().equals(name)
        || (heard.topic().startsWith("sonde/module/")
            && name.equals(heard.components().get("name")));
  }
}
