package dev.sonde.bridge.eventadmin;

import dev.sonde.bus.SondeModule;
import java.util.Objects;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/// The service as one bundle has it. A bundle that keeps it when this bundle stops goes on with
/// whichever `EventAdmin` the framework has then.
final class Publisher implements EventAdmin {

  private final EventAdminService service;
  private final Bundle bundle;
  private final String module;

  Publisher(EventAdminService service, Bundle bundle) {
    this.service = service;
    this.bundle = bundle;
    String name = bundle.getSymbolicName();
    this.module = name == null ? "bundle-" + bundle.getBundleId() : SondeModule.nameOf(name);
  }

  @Override
  public void postEvent(Event event) {
    Objects.requireNonNull(event, "event");
    if (!service.post(module, event)) {
      elsewhere(admin -> admin.postEvent(event));
    }
  }

  @Override
  public void sendEvent(Event event) {
    Objects.requireNonNull(event, "event");
    if (!service.send(module, event)) {
      elsewhere(admin -> admin.sendEvent(event));
    }
  }

  /// Uses the service that is there now.
  ///
  /// @throws IllegalStateException if there is none
  private void elsewhere(Consumer<EventAdmin> use) {
    BundleContext context = bundle.getBundleContext();
    ServiceReference<EventAdmin> reference =
        context == null ? null : context.getServiceReference(EventAdmin.class);
    EventAdmin admin = reference == null ? null : context.getService(reference);
    if (admin == null) {
      throw new IllegalStateException(
          "This EventAdmin has stopped and there is no other: "
              + module
              + " can post no events until a bundle that offers one is started");
    }
    use.accept(admin);
  }
}
