package dev.sonde.bridge;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Modules' values as ConfigurationAdmin has them, under the PID `sonde.` and the module's name.
final class ConfigurationValues {

  static final String PID_PREFIX = "sonde.";

  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationValues.class);

  private final ServiceTracker<ConfigurationAdmin, ConfigurationAdmin> admins;

  ConfigurationValues(BundleContext context) {
    admins = new ServiceTracker<>(context, ConfigurationAdmin.class, null);
  }

  void open() {
    admins.open();
  }

  void close() {
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
