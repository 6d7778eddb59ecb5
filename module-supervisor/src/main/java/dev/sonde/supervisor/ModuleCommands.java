package dev.sonde.supervisor;

import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.spi.Colours;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.event.module.ModuleState;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Process;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// The `module:*` commands.
@Component(
    service = ModuleCommands.class,
    property = {
      "osgi.command.scope=module",
      "osgi.command.function=list",
      "osgi.command.function=info",
      "osgi.command.function=start",
      "osgi.command.function=stop",
      "osgi.command.function=restart",
      "osgi.command.function=names"
    })
public final class ModuleCommands {

  private static final Duration SHELL_DEADLINE = Duration.ofSeconds(15);

  private final Supervisor supervisor;

  /// Made by the component runtime.
  @Activate
  public ModuleCommands(@Reference Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  /// Lists all modules.
  @Descriptor("lists all modules, running or not")
  public void list(CommandSession session) {
    PrintStream out = session.getConsole();
    Colours colours = colours(session);
    out.println(
        colours.heading(
            String.format(
                "%-14s %-11s %6s %6s %7s %7s  %s",
                "module",
                "state",
                "since",
                "starts",
                "waiting",
                "missed",
                "reason or last fault")));
    for (SupervisedModule.Status status : supervisor.modules().statuses()) {
      out.printf(
          "%-14s %s %6s %6d %7d %s  %s%n",
          cut(status.name(), 14),
          coloured(status.state(), colours),
          age(status.age()),
          status.starts(),
          status.waiting(),
          missed(status.missed(), colours),
          cut(status.reason().isEmpty() ? status.lastFault() : status.reason(), 22));
    }
  }

  /// Those of a terminal with a line editor, as long as no pipe follows.
  private static Colours colours(CommandSession session) {
    Process process = Process.Utils.current();
    return Colours.of(
        System.getenv(), session.get(".reader") != null && process != null && process.isTty(1));
  }

  static String coloured(ModuleState state, Colours colours) {
    String text = String.format("%-11s", state);
    return switch (state) {
      case ACTIVE -> colours.good(text);
      case WAITING, STARTING, DEGRADED, BACKOFF, STOPPING -> colours.warning(text);
      case FAILED, QUARANTINED -> colours.alarm(text);
      case INSTALLED, STOPPED -> colours.aside(text);
    };
  }

  private static String missed(long missed, Colours colours) {
    String text = String.format("%7d", missed);
    return missed > 0 ? colours.warning(text) : text;
  }

  private static String age(Duration age) {
    if (age.toHours() >= 48) {
      return age.toDays() + "d";
    } else if (age.toMinutes() >= 60) {
      return age.toHours() + "h";
    }
    return age.toSeconds() >= 60 ? age.toMinutes() + "m" : age.toSeconds() + "s";
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  /// Shows all about one module.
  @Descriptor("shows all about one module: bundle, state, subscriptions, where it is")
  public void info(CommandSession session, @Descriptor("the module's name") String name) {
    SupervisedModule module = supervisor.modules().known(name);
    SupervisedModule.Status status = module.status();
    PrintStream out = session.getConsole();
    out.printf("module      %s%n", status.name());
    out.printf(
        "bundle      %s %s (id %d)%n",
        status.bundle().getSymbolicName(),
        status.bundle().getVersion(),
        status.bundle().getBundleId());
    out.printf("state       %s %s%n", status.state(), status.reason());
    out.printf("since       %s%n", status.since());
    out.printf("starts      %d%n", status.starts());
    if (!status.lastFault().isEmpty()) {
      out.printf("last fault  %s%n", status.lastFault());
    }
    HostedModule hosted = module.hosted();
    if (hosted != null) {
      // Elapsed time, since a virtual thread has no clock of its own; forks have one.
      out.printf("busy        %s%n", seconds(hosted.busyTime()));
      out.printf("forks' CPU  %s%n", seconds(hosted.cpuTimeOfForks()));
      if (hosted.refused() > 0) {
        out.printf("refused     %d, published by threads of ended runs%n", hosted.refused());
      }
      hosted.inboxes().forEach(inbox -> show(out, inbox));
      List<StackTraceElement> stack = hosted.stack();
      if (!stack.isEmpty()) {
        out.printf("busy for %d ms at%n", hosted.busyFor().toMillis());
        stack.forEach(frame -> out.printf("    %s%n", frame));
      }
    }
    module.leftBehind().stream()
        .filter(left -> !left.equals(hosted))
        .forEach(left -> showLeftBehind(out, left));
    ModuleThreads.of(module.bundle())
        .forEach(
            (thread, where) ->
                out.printf("thread      %s%n            at %s%n", thread.getName(), where));
  }

  private static void showLeftBehind(PrintStream out, HostedModule run) {
    out.println("left behind by a former run, at");
    run.stack().forEach(frame -> out.printf("    %s%n", frame));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f s", time.toNanos() / 1e9);
  }

  private static void show(PrintStream out, Inbox inbox) {
    InboxCounts counts = inbox.counts();
    out.printf(
        "inbox       %s%n            matched %d, delivered %d, missed %d, waiting %d of %d%n",
        inbox.name(),
        counts.matched(),
        counts.delivered(),
        counts.missed(),
        counts.waiting(),
        inbox.capacity());
  }

  /// Starts a module.
  @Descriptor("starts a module")
  public void start(@Descriptor("the module's name") String name) {
    SupervisedModule module = supervisor.modules().known(name);
    module.failures().clear();
    within(
        module,
        "can not start",
        () -> {
          if (module.state() == ModuleState.FAILED || module.state() == ModuleState.BACKOFF) {
            // Its bundle runs all the same; the module is started with it.
            module.bundle().stop(Bundle.STOP_TRANSIENT);
          }
          module.bundle().start();
        });
  }

  /// Stops a module and starts it again.
  @Descriptor("stops a module and starts it again; events wait meanwhile")
  public void restart(@Descriptor("the module's name") String name) {
    SupervisedModule module = supervisor.modules().known(name);
    within(module, "could not be restarted", () -> supervisor.restart(module));
  }

  /// Its bundle's activator may hang; the shell does not hang with it.
  private static void within(SupervisedModule module, String failure, Bounded.Work work) {
    try {
      Bounded.run("module " + module.name(), SHELL_DEADLINE, work);
    } catch (Exception e) {
      throw new IllegalStateException(
          "Module " + module.name() + " " + failure + ": " + BundleStates.explain(e), e);
    }
  }

  /// Stops a module.
  @Descriptor("stops a module")
  public void stop(@Descriptor("the module's name") String name) {
    SupervisedModule module = supervisor.modules().known(name);
    within(module, "did not stop", () -> module.bundle().stop());
  }

  /// The modules' names, for completion.
  @Descriptor("the names of all modules")
  public List<String> names() {
    return supervisor.modules().statuses().stream().map(SupervisedModule.Status::name).toList();
  }
}
