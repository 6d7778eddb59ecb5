package dev.sonde.it.reading;

import dev.sonde.it.counting.CountingModule;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/// Imports a package of the bundle that is swapped, and so is wired anew with it.
public final class ReadingBundle implements BundleActivator {

  @Override
  public void start(BundleContext context) throws Exception {
    CountingModule.register(context);
  }

  @Override
  public void stop(BundleContext context) {}
}
