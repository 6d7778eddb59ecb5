package dev.sonde.supervisor;

import dev.sonde.bus.EventBus;
import dev.sonde.event.module.SafeModeEntered;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// Tells the modules, once they are there, that the device runs without `deploy/`.
@Component(service = SafeMode.class, immediate = true)
public final class SafeMode {

  private final EventBus bus;
  private final SafeModeEntered entered;

  /// Made by the component runtime.
  ///
  /// @param context knows how the launcher has started the device
  @Activate
  public SafeMode(BundleContext context, @Reference EventBus bus, @Reference DeployFolder folder) {
    this.bus = bus;
    this.entered =
        new SafeModeEntered(number(context.getProperty("sonde.broken-runs")), folder.remedy());
    if (Boolean.parseBoolean(context.getProperty("sonde.safe-mode"))) {
      FrameworkListener listener = this::frameworkStarted;
      context.addFrameworkListener(listener);
      if (context.getBundle(0).getState() == Bundle.ACTIVE) {
        var _ = bus.publish(entered);
      }
    }
  }

  private static int number(String text) {
    return text == null ? 0 : Integer.parseInt(text);
  }

  private void frameworkStarted(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.STARTED) {
      var _ = bus.publish(entered);
    }
  }
}
