package dev.sonde.supervisor;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.spi.ModuleHost;
import dev.sonde.event.module.ModuleState;
import dev.sonde.event.module.ModuleStateChanged;
import dev.sonde.event.network.CaptureFailed;
import dev.sonde.event.network.CaptureStarted;
import dev.sonde.event.network.CaptureStopped;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the run where the command line says so: when the source has ended and all is handled
/// (`--exit-when-done`), when the source that was asked for can not be opened, and, without a
/// shell, when no module runs any more.
@Component
public final class RunEnd implements SondeModule {

  /// Exit codes, as the launcher documents them.
  private static final int OK = 0;

  private static final int FAILED = 1;
  private static final int SOURCE_UNUSABLE = 3;

  private static final String LIVE = "live:";
  private static final Logger LOG = LoggerFactory.getLogger(RunEnd.class);
  private static final Duration DRAIN_DEADLINE = Duration.ofSeconds(60);
  private static final Set<ModuleState> DOWN =
      EnumSet.of(ModuleState.STOPPED, ModuleState.FAILED, ModuleState.QUARANTINED);

  private final BundleContext bundles;
  private final ModuleHost host;
  private final IntConsumer exit;
  private final Pulse pulse;
  private final Map<String, ModuleState> states = new TreeMap<>();
  private final Set<String> begun = new HashSet<>();
  private boolean ending;

  /// Made by the component runtime.
  ///
  /// @param exit ends the run with an exit code; offered by the launcher
  @Activate
  public RunEnd(
      BundleContext bundles,
      @Reference ModuleHost host,
      @Reference Pulse pulse,
      @Reference(target = "(sonde.exit=true)") IntConsumer exit) {
    this.bundles = bundles;
    this.host = host;
    this.exit = exit;
    this.pulse = pulse;
  }

  @Override
  public void start(ModuleContext context) {
    pulse.listen(context);
    if (is("sonde.exit-when-done")) {
      context.on(CaptureStopped.class, this::stopped);
    }
    if (is("sonde.source-required")) {
      context.on(CaptureStarted.class, (started, at) -> begun.add(started.source()));
      context.on(CaptureFailed.class, this::sourceFailed);
    }
    if (is("sonde.headless")) {
      context.on(
          Subscription.to(ModuleStateChanged.class).withLast(),
          (change, at) -> stateChanged(context.name(), change));
      FrameworkListener listener = event -> frameworkStarted(context, event);
      bundles.addFrameworkListener(listener);
    }
  }

  private boolean is(String property) {
    return Boolean.parseBoolean(bundles.getProperty(property));
  }

  private void stopped(CaptureStopped stopped, Envelope at) {
    if (stopped.atEnd() && !ending) {
      ending = true;
      if (!stopped.warning().isEmpty()) {
        System.err.println("sonde: " + stopped.warning());
      }
      // Waiting for silence takes a thread outside all modules: this one must be silent too.
      Thread.ofPlatform().name("sonde-run-end").start(this::endWhenQuiet);
    }
  }

  private void endWhenQuiet() {
    try {
      if (!host.awaitQuiet(DRAIN_DEADLINE)) {
        LOG.warn(
            "The source has ended, but after {} s events still wait; bus:stats would say where",
            DRAIN_DEADLINE.toSeconds());
      }
      exit.accept(OK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sourceFailed(CaptureFailed failed, Envelope at) {
    boolean ranBefore = begun.contains(failed.source()) && failed.source().startsWith(LIVE);
    // what the shell asks for later, or a setting that is changed meanwhile, ends nothing
    if (!isAskedFor(failed.source()) || (ranBefore && !is("sonde.exit-when-done"))) {
      return;
    }
    System.err.println(
        "sonde: " + failed.source() + ": " + failed.problem() + ". " + failed.remedy());
    exit.accept(SOURCE_UNUSABLE);
  }

  /// Whether a capture is one of those that the command line names: `live:eth0,wlan0` is two.
  private boolean isAskedFor(String source) {
    String asked = String.valueOf(bundles.getProperty("sonde.config.network.source")).strip();
    return asked.equals(source)
        || (asked.startsWith(LIVE)
            && source.startsWith(LIVE)
            && Arrays.asList(asked.substring(LIVE.length()).split("[\\s,]+", -1))
                .contains(source.substring(LIVE.length())));
  }

  private void stateChanged(String ownName, ModuleStateChanged change) {
    if (!change.name().equals(ownName)) {
      states.put(change.name(), change.to());
      endIfAllDown();
    }
  }

  private void frameworkStarted(ModuleContext context, FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.STARTED) {
      context.execute(this::endIfAllDown);
    }
  }

  private void endIfAllDown() {
    // While the device starts, modules that are not there yet do not count as stopped.
    boolean started = bundles.getBundle(0).getState() == Bundle.ACTIVE;
    if (started && !ending && DOWN.containsAll(states.values())) {
      ending = true;
      boolean failed = states.containsValue(ModuleState.FAILED);
      System.err.println(
          "sonde: no module runs any more"
              + (failed ? "; failed: " + failedModules() : "")
              + ", the run ends");
      exit.accept(failed ? FAILED : OK);
    }
  }

  private String failedModules() {
    return String.join(
        ", ",
        states.entrySet().stream()
            .filter(entry -> entry.getValue() == ModuleState.FAILED)
            .map(Map.Entry::getKey)
            .toList());
  }
}
