package dev.sonde.it.counting;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/// The bundle that is swapped.
public final class CountingBundle implements BundleActivator {

  @Override
  public void start(BundleContext context) throws Exception {
    CountingModule.register(context);
  }

  @Override
  public void stop(BundleContext context) {}
}
