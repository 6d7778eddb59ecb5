package dev.sonde.bridge;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Modules' values as ConfigurationAdmin has them, under the PID `sonde.` and the module's name.
/// Used only where [#API] is visible.
final class ConfigurationValues {

  /// What this can not be loaded without.
  static final String API = "org.osgi.service.cm.ConfigurationAdmin";

  private static final String PID_PREFIX = "sonde.";

  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationValues.class);

  private final BundleContext context;
  private final ServiceTracker<ConfigurationAdmin, ConfigurationAdmin> admins;
  private @Nullable ServiceRegistration<ConfigurationListener> listener;

  ConfigurationValues(BundleContext context) {
    this.context = context;
    admins = new ServiceTracker<>(context, ConfigurationAdmin.class, null);
  }

  /// Begins.
  ///
  /// @param changed is told the module whose values may have changed
  void open(Consumer<String> changed) {
    admins.open();
    listener =
        context.registerService(
            ConfigurationListener.class,
            event -> tell(event, changed),
            FrameworkUtil.asDictionary(Map.of()));
  }

  private static void tell(ConfigurationEvent event, Consumer<String> changed) {
    if (event.getPid().startsWith(PID_PREFIX)) {
      changed.accept(event.getPid().substring(PID_PREFIX.length()));
    }
  }

  void close() {
    if (listener != null) {
      listener.unregister();
    }
    admins.close();
  }

  Map<String, String> of(String module) {
    ConfigurationAdmin admin = admins.getService();
    if (admin == null) {
      return Map.of();
    }
    Map<String, String> values = new HashMap<>();
    try {
      Configuration[] found = admin.listConfigurations("(service.pid=" + PID_PREFIX + module + ")");
      if (found != null) {
        Dictionary<String, Object> properties = found[0].getProperties();
        for (String key : Collections.list(properties.keys())) {
          values.put(key, String.valueOf(properties.get(key)));
        }
      }
    } catch (IOException | InvalidSyntaxException | IllegalStateException e) {
      LOG.warn("The configuration of {} can not be read; its defaults stand", module, e);
    }
    return values;
  }
}
