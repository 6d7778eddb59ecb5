package dev.sonde.bridge;

import dev.sonde.bus.SondeModule;
import dev.sonde.bus.spi.FaultListener;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.bus.spi.ModuleHost;
import dev.sonde.bus.spi.SettingValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.framework.Bundle;

/// Hosts modules on the bus.
///
/// @param bus the engine
/// @param environment what surrounds all modules
record Host(Bus bus, RunContext.Environment environment) implements ModuleHost {

  @Override
  public HostedModule host(
      Bundle bundle, String name, Callable<SondeModule> module, FaultListener faults) {
    Mailbox mailbox = bus.mailbox(bundle.getSymbolicName());
    if (!mailbox.hasEnded()) {
      throw new IllegalStateException(
          "A module of bundle "
              + bundle.getSymbolicName()
              + " is running; one bundle is one module");
    }
    return new ModuleRun(bus, mailbox, name, module, faults, environment);
  }

  @Override
  public <C extends Record> C config(String name, Class<C> type) {
    return environment.configurations().read(name, type);
  }

  @Override
  public List<SettingValue> settings(String name) {
    return environment.configurations().settings(name);
  }

  @Override
  public Optional<String> objection(String name, String key, String value) {
    return environment.configurations().objection(name, key, value);
  }

  @Override
  public void forget(String bundleSymbolicName) {
    bus.forget(bundleSymbolicName);
  }

  @Override
  public boolean awaitQuiet(Duration deadline) throws InterruptedException {
    return bus.awaitQuiet(deadline);
  }
}
