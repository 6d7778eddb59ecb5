package dev.sonde.supervisor.shell;

import java.util.Arrays;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/// Lets the commands of Felix take bundles by id or symbolic name. Gogo has this only in its bundle
/// for terminals, which is not there without one; `sonde exec` needs it too.
@Component
public final class BundleConverter implements Converter {

  private final BundleContext context;

  /// Made by the component runtime.
  ///
  /// @param context knows all bundles
  @Activate
  public BundleConverter(BundleContext context) {
    this.context = context;
  }

  @Override
  public @Nullable Object convert(Class<?> type, Object given) {
    if (type != Bundle.class) {
      return null;
    }
    String text = given.toString();
    return text.matches("\\d{1,18}")
        ? context.getBundle(Long.parseLong(text))
        : Arrays.stream(context.getBundles())
            .filter(bundle -> text.equals(bundle.getSymbolicName()))
            .findFirst()
            .orElse(null);
  }

  @Override
  public @Nullable CharSequence format(Object target, int level, Converter escape) {
    return null;
  }
}
