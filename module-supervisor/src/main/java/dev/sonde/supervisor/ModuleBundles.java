package dev.sonde.supervisor;

import dev.sonde.bus.SondeModule;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;

/// Which bundles are modules, running or not.
final class ModuleBundles {

  private ModuleBundles() {}

  /// Whether a bundle declares a service [SondeModule], as bnd writes it for a component.
  static boolean declaresModule(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision != null
        && revision.getDeclaredCapabilities("osgi.service").stream()
            .anyMatch(service -> names(service.getAttributes().get("objectClass")));
  }

  private static boolean names(@Nullable Object objectClass) {
    Collection<?> classes =
        objectClass instanceof Collection<?> several
            ? several
            : List.of(String.valueOf(objectClass));
    return classes.contains(SondeModule.class.getName());
  }
}
