package dev.sonde.supervisor.shell;

import java.util.function.IntConsumer;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;

/// Commands that belong to no module: help, and the way out.
@Component(
    service = ShellCommands.class,
    property = {
      "osgi.command.scope=sonde",
      "osgi.command.function=exit",
      "osgi.command.function=help",
      "osgi.command.function=shutdown"
    })
public final class ShellCommands {

  /// Where commands are looked for that are given without a scope.
  static final String SCOPES = "sonde:gogo:*";

  private final BundleContext context;
  private final @Nullable IntConsumer exit;

  /// Made by the component runtime.
  ///
  /// @param context knows the commands of all bundles
  /// @param exit ends the run; null if the launcher is another one
  @Activate
  public ShellCommands(
      BundleContext context,
      @Reference(target = "(sonde.exit=true)", cardinality = ReferenceCardinality.OPTIONAL)
          @Nullable IntConsumer exit) {
    this.context = context;
    this.exit = exit;
  }

  /// Lists the commands.
  @Descriptor("lists the commands")
  public void help() {
    System.out.print(new HelpText(CommandCatalog.of(context)).overview());
  }

  /// Explains.
  ///
  /// @param name a command, or the scope of several
  @Descriptor("explains a command, or lists those of a scope")
  public void help(@Descriptor("a command as module:list, or a scope as module") String name) {
    System.out.print(new HelpText(CommandCatalog.of(context)).about(name));
  }

  /// Stops everything.
  ///
  /// @throws BundleException if the framework refuses
  @Descriptor("stops all modules and ends Sonde")
  public void exit() throws BundleException {
    if (exit != null) {
      exit.accept(0);
    } else {
      context.getBundle(0).stop();
    }
  }

  /// Stops everything.
  ///
  /// @throws BundleException if the framework refuses
  @Descriptor("stops all modules and ends Sonde")
  public void shutdown() throws BundleException {
    exit();
  }
}
