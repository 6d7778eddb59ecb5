package dev.sonde.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.felix.framework.util.FelixConstants;
import org.osgi.framework.Constants;

/// The framework properties: those for the framework itself, and those from which bundles learn how
/// the device was started.
final class Settings {

  private Settings() {}

  /// @param run what the user asked for
  /// @param home the home directory
  /// @param distribution where Sonde lies
  /// @param terminal whether the shell runs on a terminal
  static Map<String, String> of(
      Invocation.Run run, Home home, Path distribution, boolean terminal) {
    var properties = new HashMap<String, String>();
    framework(properties, home, distribution);
    properties.put("sonde.home", home.directory().toString());
    properties.put("sonde.headless", Boolean.toString(!terminal));
    properties.put("sonde.exit-when-done", Boolean.toString(run.exitWhenDone()));
    properties.put("sonde.source-required", Boolean.toString(run.sourceRequired()));
    run.settings().forEach((key, value) -> properties.put("sonde.config." + key, value));
    return properties;
  }

  private static void framework(Map<String, String> properties, Home home, Path distribution) {
    properties.put(Constants.FRAMEWORK_STORAGE, home.cache().toString());
    properties.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(Device.TOP_LEVEL));
    properties.put("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN");
    // The framework prints its errors itself.
    properties.put("org.ops4j.pax.logging.service.frameworkEventsLogLevel", "DISABLED");
    // The component runtime waits so long for a component whose class or constructor hangs. Its 5 s
    // are as long as the whole shutdown may take.
    properties.put("ds.lock.timeout.milliseconds", "2000");
    // The flight recorder weaves calls of these into event classes; no bundle can import them.
    properties.put(Constants.FRAMEWORK_BOOTDELEGATION, "jdk.jfr.internal.*");
    // Among so few bundles, handing the resolver's work to threads takes longer than doing it.
    properties.put(FelixConstants.RESOLVER_PARALLELISM, "1");
    // A handler that Felix finds slow is never called again; the bus hears by one handler.
    properties.put("org.apache.felix.eventadmin.IgnoreTimeout", "dev.sonde*");
    // The shell's profile lies in etc/ below this.
    properties.put("gosh.home", distribution.resolve("lib").resolve("shell").toString());
    properties.put("gosh.args", "--nohistory --noshutdown");
  }
}
