package dev.sonde.supervisor;

import dev.sonde.bus.spi.ModuleHost;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// The command `doctor`: everything that does not run, and how to mend it.
@Component(
    service = Doctor.class,
    property = {"osgi.command.scope=sonde", "osgi.command.function=doctor"})
public final class Doctor {

  private final BundleContext context;
  private final Supervisor supervisor;
  private final DeployFolder deployFolder;
  private final Obstacles obstacles;
  private final ModuleHost host;

  /// Made by the component runtime.
  @Activate
  public Doctor(
      BundleContext context,
      @Reference Supervisor supervisor,
      @Reference DeployFolder deployFolder,
      @Reference Obstacles obstacles,
      @Reference ModuleHost host) {
    this.context = context;
    this.supervisor = supervisor;
    this.deployFolder = deployFolder;
    this.obstacles = obstacles;
    this.host = host;
  }

  /// What is wrong with something.
  ///
  /// @param what names it
  /// @param problem what is wrong
  /// @param remedy what to do
  private record Finding(String what, String problem, String remedy) {}

  /// Lists what is wrong.
  @Descriptor("lists everything that does not run, and how to mend it")
  public void doctor(CommandSession session) {
    PrintStream out = session.getConsole();
    List<Finding> findings = findings();
    for (Finding finding : findings) {
      Paragraph.print(out, finding.what(), finding.problem());
      Paragraph.print(out, "", "-> " + finding.remedy());
    }
    out.println(
        findings.isEmpty()
            ? "All is well: every module runs, and nothing was refused."
            : findings.size() + (findings.size() == 1 ? " thing" : " things") + " to mend.");
  }

  private List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    addFolder(findings);
    for (SupervisedModule.Status status : supervisor.modules().statuses()) {
      addModule(findings, status);
      addConfiguration(findings, status.name());
    }
    for (Bundle bundle : context.getBundles()) {
      if (!ModuleBundles.declaresModule(bundle)) {
        obstacles
            .of(bundle)
            .ifPresent(
                why ->
                    findings.add(
                        new Finding(
                            "bundle " + bundle.getSymbolicName(), why.problem(), why.remedy())));
      }
    }
    deployFolder
        .quarantine()
        .refused()
        .forEach((file, why) -> findings.add(new Finding(file, why.problem(), why.remedy())));
    return findings;
  }

  private void addFolder(List<Finding> findings) {
    String complaint = deployFolder.complaint();
    if (!complaint.isEmpty()) {
      findings.add(new Finding("deploy/", complaint, deployFolder.remedy()));
    }
  }

  private static void addModule(List<Finding> findings, SupervisedModule.Status status) {
    String name = status.name();
    String problem = status.state() + ": " + status.reason();
    switch (status.state()) {
      case FAILED ->
          findings.add(new Finding(name, problem, "mend that, then module:start " + name));
      case BACKOFF ->
          findings.add(
              new Finding(name, problem, "it is started again by itself; module:info " + name));
      case DEGRADED ->
          findings.add(
              new Finding(
                  name,
                  problem,
                  "module:info "
                      + name
                      + " shows its stack; if it stays so, module:restart "
                      + name));
      case STOPPED ->
          findings.add(
              new Finding(name, "STOPPED by an operator", "module:start " + name + ", if wanted"));
      case WAITING ->
          findings.add(new Finding(name, problem, "provide that; it then starts by itself"));
      default -> {
        long overflow = status.overflow();
        if (overflow > 0) {
          findings.add(
              new Finding(
                  name,
                  "lost " + overflow + " events because an inbox was full",
                  "bus:stats shows which subscription is too slow or too small"));
        }
      }
    }
  }

  private void addConfiguration(List<Finding> findings, String module) {
    for (String name : List.of(module, module + "." + Supervision.SECTION)) {
      host.settings(name).stream()
          .filter(setting -> !setting.problem().isEmpty())
          .forEach(
              setting ->
                  findings.add(
                      new Finding(
                          "conf/" + module + ".cfg",
                          setting.key() + " " + setting.problem(),
                          "correct that line; until then the last good value stands")));
    }
  }
}
