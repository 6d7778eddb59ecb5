package dev.sonde.supervisor;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/// What the framework says of bundles, in words.
final class BundleStates {

  private BundleStates() {}

  /// Whether somebody told the bundle to run and it does not.
  static boolean shouldRun(Bundle bundle) {
    BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
    return level != null
        && level.isPersistentlyStarted()
        && bundle.getState() != Bundle.ACTIVE
        && bundle.getState() != Bundle.STARTING;
  }

  /// Why a bundle does not start, without the framework's numbers.
  static String explain(BundleException e) {
    String message = String.valueOf(e.getMessage());
    if (e.getType() == BundleException.RESOLVE_ERROR) {
      int missing = message.lastIndexOf("missing requirement");
      return missing < 0
          ? message
          : message.substring(missing).replaceAll("\\[\\S+ \\(R [^)]*\\)]", "");
    }
    Throwable cause = e.getCause();
    return cause == null ? message : message + " (" + cause + ")";
  }
}
