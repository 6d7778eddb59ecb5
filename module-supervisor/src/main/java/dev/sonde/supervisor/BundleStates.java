package dev.sonde.supervisor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/// What the framework says of bundles, in words.
final class BundleStates {

  private static final Pattern PACKAGE =
      Pattern.compile(
          "\\(osgi\\.wiring\\.package=([\\w.]+)\\)((?:\\(!?\\(?version[<>=]+[^)]*\\)\\)?)*)");

  private BundleStates() {}

  /// Whether somebody told the bundle to run and it does not.
  static boolean shouldRun(Bundle bundle) {
    BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
    return level != null
        && level.isPersistentlyStarted()
        && bundle.getState() != Bundle.ACTIVE
        && bundle.getState() != Bundle.STARTING;
  }

  /// Whether somebody has stopped the bundle for good.
  static boolean isStopped(Bundle bundle) {
    BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
    return level != null && !level.isPersistentlyStarted() && bundle.getState() != Bundle.ACTIVE;
  }

  /// Why a bundle does not start, without the framework's numbers.
  static String explain(Exception e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof BundleException refused
        && refused.getType() == BundleException.RESOLVE_ERROR) {
      return missing(message);
    }
    Throwable cause = e.getCause();
    return cause == null ? message : message + " (" + describe(cause) + ")";
  }

  /// What a module threw, without the package's name.
  static String describe(Throwable thrown) {
    String name = thrown.getClass().getSimpleName();
    try {
      String message = thrown.getMessage();
      return message == null ? name : name + ": " + message;
    } catch (Throwable hostile) {
      // Its class may be the module's own.
      return name;
    }
  }

  /// The innermost requirement that nobody meets; the framework's sentence ends with it.
  private static String missing(String message) {
    Matcher requirement = PACKAGE.matcher(message);
    String found = "";
    while (requirement.find()) {
      String versions = requirement.group(2);
      found =
          "nothing here exports the package "
              + requirement.group(1)
              + (versions.isEmpty()
                  ? ""
                  : " in version " + versions.replaceAll("[()!&]|version", " ").strip());
    }
    return found.isEmpty() ? message : found;
  }
}
