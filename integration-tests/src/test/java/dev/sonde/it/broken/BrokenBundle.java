package dev.sonde.it.broken;

import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/// A module that can not start.
public final class BrokenBundle implements BundleActivator, SondeModule {

  @Override
  public void start(BundleContext context) {
    Dictionary<String, Object> none = new Hashtable<>();
    context.registerService(SondeModule.class, this, none);
  }

  @Override
  public void start(ModuleContext context) {
    throw new IllegalStateException("no antenna");
  }

  @Override
  public void stop(BundleContext context) {}

  @Override
  public void stop() {}
}
