package dev.sonde.bridge;

import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Topic;
import dev.sonde.bus.spi.HostedModule;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Bundle;

/// A bus with modules, without a framework.
final class Device implements AutoCloseable {

  static final Duration DEADLINE = Duration.ofSeconds(20);

  final Bus bus;
  final List<String> faults = new CopyOnWriteArrayList<>();
  final List<Event> rejections = new CopyOnWriteArrayList<>();
  final Map<String, Map<String, String>> values = new ConcurrentHashMap<>();
  final Configurations configurations =
      new Configurations(
          module -> values.getOrDefault(module, Map.of()),
          key -> Optional.empty(),
          rejections::add);
  final SavedStates states = new SavedStates();
  private final Host host;
  private final List<HostedModule> running = new CopyOnWriteArrayList<>();

  /// An event with a number.
  @Topic("test/NUMBER")
  record Number(long value) implements Event {}

  /// An event of another topic.
  @Topic("test/other/TEXT")
  record Text(String text) implements Event {}

  /// An event with a key, retained.
  @Topic(value = "test/valve/LEVEL", key = "valve", retained = true)
  record Level(String valve, int percent) implements Event {}

  Device() {
    this(InstantSource.system());
  }

  Device(InstantSource wallClock) {
    bus = new Bus(wallClock);
    host =
        new Host(
            bus,
            new RunContext.Environment() {
              @Override
              public Path dataRoot() {
                return Path.of("target", "test-data");
              }

              @Override
              public SavedStates states() {
                return states;
              }

              @Override
              public Configurations configurations() {
                return configurations;
              }
            });
  }

  /// What a module does when it starts.
  @FunctionalInterface
  interface Start {
    void with(ModuleContext context) throws Exception;
  }

  static Bundle bundle(String symbolicName) {
    return (Bundle)
        Proxy.newProxyInstance(
            Device.class.getClassLoader(),
            new Class<?>[] {Bundle.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getSymbolicName")) {
                return symbolicName;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  HostedModule host(String name, SondeModule module) {
    HostedModule hosted =
        host.host(
            bundle("test." + name),
            name,
            () -> module,
            (place, what, cause) -> faults.add(place + " " + what + " " + cause));
    running.add(hosted);
    return hosted;
  }

  HostedModule start(String name, SondeModule module) {
    HostedModule hosted = host(name, module);
    Awaiting.result(hosted.start());
    return hosted;
  }

  HostedModule module(String name, Start start) {
    return start(name, start::with);
  }

  /// Starts a module and hands its context out, for tests that publish.
  ModuleContext context(String name) {
    CompletableFuture<ModuleContext> context = new CompletableFuture<>();
    var _ = module(name, context::complete);
    return context.join();
  }

  long publish(Event event) {
    return bus.publish("test", event, 0);
  }

  void awaitQuiet() {
    Awaiting.quiet(bus);
  }

  void forget(String name) {
    host.forget("test." + name);
  }

  @Override
  public void close() {
    running.forEach(module -> module.stop(false, Duration.ofSeconds(2)));
  }
}
