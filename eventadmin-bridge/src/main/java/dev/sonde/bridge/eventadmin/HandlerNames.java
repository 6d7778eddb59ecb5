package dev.sonde.bridge.eventadmin;

import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/// How plain handlers are called in accounts and messages.
final class HandlerNames {

  private HandlerNames() {}

  /// The bundle that owns a service, and which of its services it is.
  static String of(ServiceReference<?> reference) {
    return of(reference.getBundle()) + "#" + reference.getProperty(Constants.SERVICE_ID);
  }

  private static String of(Bundle bundle) {
    String name = bundle.getSymbolicName();
    return name == null ? "bundle-" + bundle.getBundleId() : name;
  }
}
