package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/// A framework with nothing in it but what a test installs.
final class BareFramework implements AutoCloseable {

  private static final List<String> SHARED =
      List.of("org.osgi.framework.", "org.osgi.resource.", "org.osgi.dto.");

  /// Whose, and which bundles are an Event Admin there.
  enum Kind {
    FELIX(
        new org.apache.felix.framework.FrameworkFactory(), List.of("org.apache.felix.eventadmin")),
    EQUINOX(
        equinox(),
        List.of(
            "org.osgi.service.component",
            "org.osgi.util.function",
            "org.osgi.util.promise",
            "org.apache.felix.scr",
            "org.eclipse.equinox.event"));

    private final FrameworkFactory factory;
    private final List<String> eventAdmin;

    Kind(FrameworkFactory factory, List<String> eventAdmin) {
      this.factory = factory;
      this.eventAdmin = eventAdmin;
    }
  }

  /// Equinox in a class loader of its own: its jar is signed, and packages that Felix has as well
  /// can not be shared with that. What both are used through is that of the tests.
  private static FrameworkFactory equinox() {
    ClassLoader framework =
        new ClassLoader(ClassLoader.getPlatformClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (SHARED.stream().noneMatch(name::startsWith)) {
              throw new ClassNotFoundException(name);
            }
            return FrameworkFactory.class.getClassLoader().loadClass(name);
          }
        };
    try {
      URL[] jar = {jar("org.eclipse.osgi").toUri().toURL()};
      return (FrameworkFactory)
          new URLClassLoader(jar, framework)
              .loadClass("org.eclipse.osgi.launch.EquinoxFactory")
              .getConstructor()
              .newInstance();
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private final Kind kind;
  private final Framework framework;

  private BareFramework(Kind kind, Framework framework) {
    this.kind = kind;
    this.framework = framework;
  }

  /// Starts one.
  ///
  /// @param storage an empty folder
  /// @param properties of the framework
  static BareFramework start(Kind kind, Path storage, Map<String, String> properties)
      throws BundleException {
    Map<String, String> all = new HashMap<>(properties);
    all.put(Constants.FRAMEWORK_STORAGE, storage.toString());
    Framework framework = kind.factory.newFramework(all);
    framework.start();
    return new BareFramework(kind, framework);
  }

  /// Installs what the documentation says that the bridge needs, which then is resolved with it.
  void installNeeded() throws Exception {
    for (String name : List.of("org.osgi.service.event", "pax-logging-api", "bus-api")) {
      var _ = install(name);
    }
  }

  /// Starts the bridge.
  Bundle startBridge() throws Exception {
    return start("eventadmin-bridge");
  }

  /// Starts the Event Admin of those who make the framework.
  void startItsEventAdmin() throws Exception {
    List<Bundle> bundles = new ArrayList<>();
    for (String name : kind.eventAdmin) {
      bundles.add(install(name));
    }
    // Some need others that are behind them.
    for (Bundle bundle : bundles) {
      bundle.start();
    }
  }

  /// Installs and starts a shipped bundle, or one of the class path.
  ///
  /// @param name of its file, before the version
  Bundle start(String name) throws Exception {
    Bundle bundle = install(name);
    bundle.start();
    return bundle;
  }

  /// Installs a shipped bundle, or one of the class path.
  ///
  /// @param name of its file, before the version
  Bundle install(String name) throws Exception {
    try (InputStream jar = Files.newInputStream(jar(name))) {
      return framework.getBundleContext().installBundle("test:" + name, jar);
    }
  }

  /// Starts a bundle made of one package of the tests.
  ///
  /// @param packageName in which the activator is
  void startTrial(String packageName, String activator) throws Exception {
    byte[] jar =
        TestBundles.of(
            packageName, "1.0.0", Map.of("Bundle-Activator", packageName + "." + activator));
    framework
        .getBundleContext()
        .installBundle("test:" + packageName, new ByteArrayInputStream(jar))
        .start();
  }

  /// The file of a bundle.
  static Path jar(String name) throws IOException {
    try (Stream<Path> shipped = Files.walk(TestDevice.SYSTEM, 2)) {
      return Stream.concat(
              shipped,
              Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                  .map(Path::of))
          .filter(file -> file.getFileName().toString().matches(name + "-\\d.*\\.jar"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("No jar of " + name));
    }
  }

  /// A service that a test's bundle registered with the property `test`.
  <S> S service(Class<S> type, String test) throws InvalidSyntaxException {
    return framework.getBundleContext().getServiceReferences(type, "(test=" + test + ")").stream()
        .map(framework.getBundleContext()::getService)
        .findFirst()
        .orElseThrow(() -> new AssertionError("No service " + type + " of test " + test));
  }

  /// Runs a command of Gogo, which must have been started.
  String shell(String command) throws Exception {
    return GogoShell.run(framework.getBundleContext(), command);
  }

  /// Has a bundle resolved anew, as after something was installed that it can use.
  void refresh(Bundle bundle) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    framework.adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), _ -> done.countDown());
    assertThat(done.await(TestDevice.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() throws BundleException {
    framework.stop();
    try {
      var _ = framework.waitForStop(TestDevice.DEADLINE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
