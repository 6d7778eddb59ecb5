package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;

/// The assembled device inside this JVM: the shipped bundles in a framework of their own, with a
/// home directory of their own. Tests reach it as its users do: by its files, by shell commands,
/// and by bundles that they install. Objects cross the border only as types of the JDK and of the
/// OSGi framework.
public final class TestDevice implements AutoCloseable {

  private static final Pattern FIGURE = Pattern.compile("\"(\\w+)\":\\s*(\\d+)(?![\\d.])");

  /// Looking whether something holds takes no longer.
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

  static final Duration DEADLINE = Duration.ofSeconds(Integer.getInteger("sonde.deadline", 60));

  /// The folder of the shipped bundles, in folders by start level.
  static final Path SYSTEM =
      Path.of(System.getProperty("sonde.distribution"))
          .toAbsolutePath()
          .normalize()
          .resolve("system");

  private final Path home;
  private final Framework framework;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  /// Lets the system bundle export Event Admin's package from the test's class path, so that tests
  /// can use and offer its services themselves.
  static final String EVENT_ADMIN_PACKAGE =
      "org.osgi.service.event;version=1.4.1;uses:=org.osgi.framework";

  private TestDevice(Path home, Map<String, String> properties) throws BundleException {
    this.home = home;
    Map<String, String> all = new HashMap<>();
    all.put(Constants.FRAMEWORK_STORAGE, home.resolve("cache").toString());
    all.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    all.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "100");
    all.put(Constants.FRAMEWORK_BOOTDELEGATION, "jdk.jfr.internal.*");
    all.put("org.apache.felix.eventadmin.IgnoreTimeout", "dev.sonde*");
    all.put("felix.resolver.parallelism", "1");
    all.put("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN");
    all.put("sonde.home", home.toString());
    all.put("sonde.headless", "true");
    all.putAll(properties);
    framework = new FrameworkFactory().newFramework(all);
  }

  /// Starts a device and waits until all its bundles have started.
  ///
  /// @param home an empty folder
  /// @param properties as the launcher gives them, for example `sonde.config.network.source`
  public static TestDevice start(Path home, Map<String, String> properties) throws Exception {
    TestDevice device = new TestDevice(home, properties);
    device.framework.init();
    device
        .context()
        .registerService(
            IntConsumer.class,
            device.exit::complete,
            FrameworkUtil.asDictionary(Map.of("sonde.exit", true)));
    device.installShipped();
    device.framework.start();
    return device;
  }

  /// Starts some of the shipped bundles, one after the other, with [#EVENT_ADMIN_PACKAGE].
  ///
  /// @param home an empty folder
  /// @param properties of the framework
  /// @param names what their jars' names begin with
  public static TestDevice startOnly(Path home, Map<String, String> properties, List<String> names)
      throws Exception {
    Map<String, String> all = new HashMap<>(properties);
    all.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, EVENT_ADMIN_PACKAGE);
    TestDevice device = new TestDevice(home, all);
    device.framework.init();
    device.framework.start();
    for (String name : names) {
      device.startShipped(name);
    }
    return device;
  }

  /// Installs and starts a shipped bundle.
  ///
  /// @param name what its jar's name begins with
  public Bundle startShipped(String name) throws IOException, BundleException {
    Path jar =
        shipped().stream()
            .filter(file -> file.getFileName().toString().startsWith(name))
            .findFirst()
            .orElseThrow(() -> new AssertionError("No bundle " + name + " in " + SYSTEM));
    Bundle bundle = context().installBundle("reference:" + jar.toUri());
    bundle.start();
    return bundle;
  }

  /// Updates a shipped bundle with itself.
  static void updateInPlace(Bundle bundle) throws IOException, BundleException {
    String jar = bundle.getLocation().substring("reference:".length());
    try (InputStream same = URI.create(jar).toURL().openStream()) {
      bundle.update(same);
    }
  }

  private static List<Path> shipped() throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.walk(SYSTEM, 2)) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    assertThat(jars).as("bundles in %s; build the distribution first", SYSTEM).isNotEmpty();
    return jars;
  }

  private void installShipped() throws IOException, BundleException {
    Path record = home.resolve("data/stopped");
    List<String> stopped = Files.exists(record) ? Files.readAllLines(record) : List.of();
    for (Path jar : shipped()) {
      if (jar.getFileName().toString().contains("jline")) {
        continue; // Needs a terminal.
      }
      String level = jar.getParent().getFileName().toString();
      Bundle bundle = context().installBundle("reference:" + jar.toUri());
      bundle
          .adapt(BundleStartLevel.class)
          .setStartLevel(Integer.parseInt(level.substring(0, level.indexOf('-'))));
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null
          && !stopped.contains(bundle.getSymbolicName())) {
        bundle.start();
      }
    }
  }

  /// The system bundle's context.
  public BundleContext context() {
    return framework.getBundleContext();
  }

  /// The home directory.
  public Path home() {
    return home;
  }

  /// The exit code, once something in the device has ended the run.
  public int awaitExit() throws Exception {
    return exit.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
  }

  /// Installs and starts a bundle.
  public Bundle install(String name, byte[] jar) throws BundleException {
    Bundle bundle = context().installBundle("test:" + name, new ByteArrayInputStream(jar));
    bundle.start();
    return bundle;
  }

  /// A bundle that is installed.
  public Bundle bundle(String symbolicName) {
    return Arrays.stream(context().getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No bundle " + symbolicName));
  }

  /// Whether a bundle is installed.
  public boolean has(String symbolicName) {
    return Arrays.stream(context().getBundles())
        .anyMatch(bundle -> symbolicName.equals(bundle.getSymbolicName()));
  }

  /// A service that a test's bundle registered with the property `test`.
  public <S> S service(Class<S> type, String test) throws InvalidSyntaxException {
    ServiceReference<S> reference =
        context().getServiceReferences(type, "(test=" + test + ")").stream()
            .findFirst()
            .orElseThrow(() -> new AssertionError("No service " + type + " of test " + test));
    return context().getService(reference);
  }

  /// Runs a shell command, as the shell and `sonde exec` do.
  ///
  /// @return what it printed and returned
  public String shell(String command) throws Exception {
    return GogoShell.run(context(), command);
  }

  /// A module's state as `module:list` has it; `absent` if it does not have it.
  public String state(String module) throws Exception {
    return stateIn(shell("module:list"), module);
  }

  /// A module's state in what `module:list` prints.
  static String stateIn(String list, String module) {
    return list.lines()
        .map(line -> line.split("\\s+"))
        .filter(words -> words[0].equals(module))
        .map(words -> words[1])
        .findFirst()
        .orElse("absent");
  }

  /// The events that the logger has written in a home directory so far; of a line that is just
  /// being written, nothing.
  public static List<JsonNode> loggedEvents(Path home) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    Path file = home.resolve("log/events.jsonl");
    if (Files.exists(file)) {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        events.add(JSON.readTree(line));
      }
    }
    return events;
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  /// Waits until something holds; fails with its description if it never does. While the machine or
  /// this process is suspended nothing is waited for.
  public static void await(String what, Callable<Boolean> condition) throws Exception {
    long waited = 0;
    long before = System.nanoTime();
    while (!condition.call()) {
      if (waited > DEADLINE.toNanos()) {
        throw new AssertionError("Not seen after " + DEADLINE.toSeconds() + " s: " + what);
      }
      Thread.sleep(10);
      long now = System.nanoTime();
      waited += Math.min(now - before, LONGEST_LOOK.toNanos());
      before = now;
    }
  }

  /// Whether a file is there and has a text in it.
  public static boolean contains(Path file, String text) throws IOException {
    return Files.exists(file) && Files.readString(file).contains(text);
  }

  @Override
  public void close() throws BundleException {
    framework.stop();
    try {
      framework.waitForStop(DEADLINE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The figures of a subscription as `bus:stats` has them.
  ///
  /// @param texts what tells its line from others
  public Map<String, Long> account(String... texts) throws Exception {
    String stats = shell("bus:stats --json");
    String line =
        Arrays.stream(stats.split("[{}]"))
            .filter(values -> Arrays.stream(texts).allMatch(values::contains))
            .findFirst()
            .orElseThrow(() -> new AssertionError(stats));
    return FIGURE
        .matcher(line)
        .results()
        .collect(Collectors.toMap(m -> m.group(1), m -> Long.parseLong(m.group(2))));
  }
}
