package dev.sonde.it.fatal;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/// Takes the whole process down as soon as it starts: at once, as a crash does, or, with the header
/// `Fatal: exit`, by `System.exit`.
public final class FatalBundle implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    if ("exit".equals(context.getBundle().getHeaders().get("Fatal"))) {
      System.exit(9);
    }
    Runtime.getRuntime().halt(9);
  }

  @Override
  public void stop(BundleContext context) {}
}
