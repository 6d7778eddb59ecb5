package dev.sonde.bridge;

import dev.sonde.bridge.codec.Codec;
import dev.sonde.bridge.codec.EventTopics;
import dev.sonde.bridge.eventadmin.EventAdminService;
import dev.sonde.bridge.shell.BusCommands;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.EventBus;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.spi.EventCodec;
import dev.sonde.bus.spi.ModuleHost;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;

/// Puts the bus together and offers it: [EventBus] for everybody, [ModuleHost] for the supervisor,
/// [EventCodec] for whoever writes events down. Configuration Admin and Gogo may be missing.
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

  private static final Dictionary<String, Object> NONE = FrameworkUtil.asDictionary(Map.of());

  private final Deque<Runnable> undo = new ArrayDeque<>();

  @Override
  public void start(BundleContext context) {
    Bus bus = new Bus();
    EventTopics topics = new EventTopics(context);
    Codec codec = new Codec(topics);
    Optional<ConfigurationValues> values =
        Visible.isVisible(ConfigurationValues.API)
            ? Optional.of(new ConfigurationValues(context))
            : Optional.empty();
    Configurations configurations =
        new Configurations(
            module -> values.map(kept -> kept.of(module)).orElse(Map.of()),
            key -> Optional.ofNullable(context.getProperty("sonde.config." + key)),
            rejected -> bus.publish(rejected.name(), rejected, Envelope.NO_CAUSE));
    Surroundings surroundings =
        new Surroundings(dataRoot(context), new SavedStates(), configurations);

    begin(topics::open, topics::close);
    values.ifPresent(kept -> begin(() -> kept.open(configurations::changed), kept::close));
    Configurations.Watch<BusConfig> settings = configure(bus, configurations);
    EventAdminService eventAdmin = new EventAdminService(context, bus, codec, settings::current);
    begin(eventAdmin::open, eventAdmin::close);
    listenForClassesThatGo(context, bus, surroundings, eventAdmin);
    Host host = new Host(bus, surroundings);
    register(context, ModuleHost.class, host);
    register(context, EventCodec.class, codec);
    registerBus(context, bus);
    if (Visible.isVisible(BusCommands.API)) {
      BusCommands.register(context, bus, codec, this::onStop);
    }
  }

  @Override
  public void stop(BundleContext context) {
    undo.forEach(Runnable::run);
  }

  private Configurations.Watch<BusConfig> configure(Bus bus, Configurations configurations) {
    Configurations.Watch<BusConfig> watch =
        configurations.watch(BusConfig.NAME, BusConfig.class, changed -> apply(changed, bus));
    apply(watch.current(), bus);
    onStop(watch::close);
    return watch;
  }

  private static void apply(BusConfig config, Bus bus) {
    bus.grace().set(config.keepInboxes());
    bus.watch().consolidation().allow(config.consolidate());
  }

  private void begin(Runnable open, Runnable close) {
    open.run();
    onStop(close);
  }

  private void onStop(Runnable close) {
    undo.push(close);
  }

  private static Path dataRoot(BundleContext context) {
    String home = context.getProperty("sonde.home");
    return home == null
        ? context.getDataFile("modules").toPath()
        : Path.of(home).resolve("data").resolve("modules");
  }

  private void listenForClassesThatGo(
      BundleContext context, Bus bus, Surroundings surroundings, EventAdminService eventAdmin) {
    SynchronousBundleListener listener =
        event -> {
          Bundle bundle = event.getBundle();
          Predicate<Class<?>> itsClasses = type -> bundle.equals(FrameworkUtil.getBundle(type));
          switch (event.getType()) {
            // Before it is resolved again, bundles that use it may still publish its former
            // classes.
            case BundleEvent.UNRESOLVED, BundleEvent.RESOLVED -> {
              bus.letGo(itsClasses);
              eventAdmin.forget();
            }
            case BundleEvent.UNINSTALLED -> {
              bus.purge(itsClasses);
              eventAdmin.forget();
              bus.forget(bundle.getSymbolicName());
              surroundings.states().forget(bundle.getSymbolicName());
            }
            default -> {}
          }
        };
    context.addBundleListener(listener);
    onStop(() -> context.removeBundleListener(listener));
  }

  private <S> void register(BundleContext context, Class<S> type, S service) {
    ServiceRegistration<S> registration = context.registerService(type, service, NONE);
    onStop(registration::unregister);
  }

  private void registerBus(BundleContext context, Bus bus) {
    ServiceRegistration<?> registration =
        context.registerService(
            EventBus.class,
            new PrototypeServiceFactory<EventBus>() {
              @Override
              public EventBus getService(Bundle bundle, ServiceRegistration<EventBus> same) {
                return new BundleBus(bus, SondeModule.nameOf(bundle.getSymbolicName()));
              }

              @Override
              public void ungetService(
                  Bundle bundle, ServiceRegistration<EventBus> same, EventBus service) {}
            },
            NONE);
    onStop(registration::unregister);
  }

  private record Surroundings(Path dataRoot, SavedStates states, Configurations configurations)
      implements RunContext.Environment {}
}
