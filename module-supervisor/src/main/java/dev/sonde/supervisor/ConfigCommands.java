package dev.sonde.supervisor;

import dev.sonde.bus.spi.ModuleHost;
import dev.sonde.bus.spi.SettingValue;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// The command `module:config`.
@Component(
    service = ConfigCommands.class,
    property = {"osgi.command.scope=module", "osgi.command.function=config"})
public final class ConfigCommands {

  private final Supervisor supervisor;
  private final ModuleHost host;
  private final ConfigurationFiles files;

  /// Made by the component runtime.
  @Activate
  public ConfigCommands(
      @Reference Supervisor supervisor,
      @Reference ModuleHost host,
      @Reference ConfigurationFiles files) {
    this.supervisor = supervisor;
    this.host = host;
    this.files = files;
  }

  /// Shows a module's settings.
  @Descriptor("shows a module's settings: value, default if it is another, what for")
  public void config(CommandSession session, @Descriptor("the module's name") String module) {
    String name = supervisor.modules().known(module).name();
    PrintStream out = session.getConsole();
    for (Setting setting : settings(name)) {
      SettingValue value = setting.value();
      String changed =
          value.value().equals(value.defaultValue())
              ? ""
              : " (default " + value.defaultValue() + ")";
      out.printf("%s = %s%s%n", setting.key(), value.value(), changed);
      String help = (value.unit() + " " + value.help()).strip();
      Paragraph.print(out, "", value.problem().isEmpty() ? help : "! " + value.problem());
    }
  }

  /// Sets one.
  @Descriptor("sets one of a module's settings, in its file; KEY= takes it back")
  public String config(
      @Descriptor("the module's name") String module, @Descriptor("KEY=VALUE") String assignment)
      throws IOException {
    String name = supervisor.modules().known(module).name();
    int equals = assignment.indexOf('=');
    if (equals <= 0) {
      throw new IllegalArgumentException("'" + assignment + "' is not KEY=VALUE");
    }
    String key = assignment.substring(0, equals).strip();
    String value = assignment.substring(equals + 1).strip();
    Setting setting =
        settings(name).stream()
            .filter(known -> known.key().equals(key))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(unknown(name, key)));
    if (value.isEmpty()) {
      return files.change(name, lines -> ConfigurationText.unset(lines, key))
          + ": "
          + key
          + " is "
          + setting.value().defaultValue()
          + " again";
    }
    Optional<String> objection = host.objection(setting.owner(), setting.value().key(), value);
    if (objection.isPresent()) {
      throw new IllegalArgumentException(key + " " + objection.get());
    }
    return files.change(name, lines -> ConfigurationText.set(lines, key, value))
        + ": "
        + key
        + " = "
        + value;
  }

  private String unknown(String name, String key) {
    List<Setting> known = settings(name);
    return known.isEmpty()
        ? "Module " + name + " has not asked for any setting since it started"
        : "Module "
            + name
            + " has no setting "
            + key
            + "; it has "
            + known.stream().map(Setting::key).collect(Collectors.joining(", "));
  }

  /// A setting as it stands in the file.
  private record Setting(String owner, String key, SettingValue value) {}

  private List<Setting> settings(String module) {
    List<Setting> all = new ArrayList<>();
    host.settings(module).forEach(value -> all.add(new Setting(module, value.key(), value)));
    String supervised = module + "." + Supervision.SECTION;
    host.settings(supervised)
        .forEach(
            value ->
                all.add(new Setting(supervised, Supervision.SECTION + "." + value.key(), value)));
    return all;
  }
}
