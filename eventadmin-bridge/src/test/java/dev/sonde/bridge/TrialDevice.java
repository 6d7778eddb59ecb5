package dev.sonde.bridge;

import dev.sonde.bus.Event;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.bus.spi.HostedModule.Stopped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The bus with modules, as the examples of the documentation need it.
public final class TrialDevice implements AutoCloseable {

  private final Device device = new Device();
  private final Map<String, HostedModule> modules = new ConcurrentHashMap<>();

  /// Starts a module and returns when its start method has.
  public void start(String name, SondeModule module) {
    modules.put(name, device.start(name, module));
  }

  /// Stops a module, as when its bundle is stopped.
  public Stopped stop(String name) {
    return modules.get(name).stop(false, Device.DEADLINE);
  }

  /// Stops a module for its next version, as when its bundle is updated.
  public Stopped stopForUpdate(String name) {
    return modules.get(name).stop(true, Device.DEADLINE);
  }

  /// Publishes, as somebody who is no module.
  public long publish(Event event) {
    return device.publish(event);
  }

  /// Returns when all that was published is handled.
  public void awaitQuiet() {
    device.awaitQuiet();
  }

  @Override
  public void close() {
    device.close();
  }
}
