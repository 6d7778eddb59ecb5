package dev.sonde.benchmarks.bus;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/// An OSGi framework in this JVM. What its bundles share with the benchmarks (the API of the bus
/// and that of EventAdmin) they import from the class path; everything else is theirs.
public final class EmbeddedFramework implements AutoCloseable {

  private final Framework framework;
  private final Path storage;

  /// @param bundles the folder below `bundles/` whose jars are installed and started
  /// @param properties further framework properties
  public EmbeddedFramework(String bundles, Map<String, String> properties) {
    try {
      storage = Files.createTempDirectory(BenchmarkFiles.home().getParent(), "framework");
      Map<String, String> all = new HashMap<>(properties);
      all.put(Constants.FRAMEWORK_STORAGE, storage.resolve("cache").toString());
      all.put("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN");
      all.put(
          Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
          exportsOf(dev.sonde.bus.EventBus.class) + "," + exportsOf(EventAdmin.class));
      framework = new FrameworkFactory().newFramework(all);
      framework.start();
      startAll(BenchmarkFiles.bundles(bundles));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (BundleException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What the jar of a class exports, as its manifest says.
  private static String exportsOf(Class<?> type) throws IOException {
    URI location = URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString());
    try (JarFile jar = new JarFile(Path.of(location).toFile())) {
      return jar.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
    }
  }

  private void startAll(Path folder) throws IOException, BundleException {
    List<Bundle> installed = new ArrayList<>();
    try (Stream<Path> jars = Files.list(folder)) {
      for (Path jar : jars.sorted().toList()) {
        installed.add(framework.getBundleContext().installBundle("reference:" + jar.toUri()));
      }
    }
    for (Bundle bundle : installed) {
      bundle.start();
    }
  }

  /// Installs and starts an empty bundle.
  Bundle bundle(String symbolicName) {
    try {
      Bundle bundle =
          framework
              .getBundleContext()
              .installBundle(
                  "bench:" + symbolicName, new ByteArrayInputStream(emptyJar(symbolicName)));
      bundle.start();
      return bundle;
    } catch (BundleException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Registers a plain handler, as a bundle of its own does.
  void handle(String symbolicName, String pattern, EventHandler handler) {
    var _ =
        bundle(symbolicName)
            .getBundleContext()
            .registerService(
                EventHandler.class,
                handler,
                FrameworkUtil.asDictionary(Map.of(EventConstants.EVENT_TOPIC, pattern)));
  }

  private static byte[] emptyJar(String symbolicName) {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    attributes.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      jar.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// A service, as a bundle gets it.
  static <S> S service(Bundle bundle, Class<S> type) {
    BundleContext context = bundle.getBundleContext();
    ServiceReference<S> reference =
        Objects.requireNonNull(
            context.getServiceReference(type), () -> "No service " + type.getName());
    return context.getService(reference);
  }

  /// A service, as the framework itself gets it.
  ///
  /// @param <S> its type
  /// @param type its type
  public <S> S service(Class<S> type) {
    return service(framework, type);
  }

  @Override
  public void close() {
    try {
      framework.stop();
      framework.waitForStop(TimeUnit.SECONDS.toMillis(10));
      delete(storage);
    } catch (BundleException | IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }
}
