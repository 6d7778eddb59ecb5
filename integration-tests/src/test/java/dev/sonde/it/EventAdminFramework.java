package dev.sonde.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Frameworks with nothing but Event Admin in them: ours, that of Felix, or both.
final class EventAdminFramework {

  static final String BRIDGE = "eventadmin-bridge";
  static final String FELIX = "org.apache.felix.eventadmin";

  /// What the bridge needs, and the shell for its accounts.
  private static final List<String> BELOW =
      List.of(
          "pax-logging-api",
          "org.osgi.util.function",
          "org.osgi.util.promise",
          "org.osgi.service.component",
          "org.apache.felix.configadmin",
          "org.apache.felix.gogo.runtime",
          "org.apache.felix.gogo.command",
          "jackson-core",
          "bus-api");

  private EventAdminFramework() {}

  /// Starts one.
  ///
  /// @param home an empty folder
  /// @param properties of the framework
  /// @param admins which, in the order in which they start
  static TestDevice start(Path home, Map<String, String> properties, String... admins)
      throws Exception {
    List<String> names = new ArrayList<>(BELOW);
    names.addAll(List.of(admins));
    return TestDevice.startOnly(home, properties, names);
  }
}
