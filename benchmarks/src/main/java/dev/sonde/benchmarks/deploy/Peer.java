package dev.sonde.benchmarks.deploy;

import com.acme.swapped.SwappedBundle;
import dev.sonde.benchmarks.bus.EmbeddedFramework;
import dev.sonde.bus.EventBus;
import dev.sonde.bus.PlainEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.felix.framework.util.FelixConstants;
import org.osgi.framework.Constants;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/// A framework that watches a folder: Sonde's, or plain Felix with File Install.
final class Peer implements AutoCloseable {

  static final String SONDE = "sonde";
  static final String FILE_INSTALL = "fileinstall-";

  /// File Install looks for changes so often, in milliseconds: its default is 2,000.
  static final List<Integer> POLLS = List.of(1_000, 200);

  private final Path home;
  private final EmbeddedFramework framework;
  private final LongConsumer publisher;

  private Peer(Path home, EmbeddedFramework framework, LongConsumer publisher) {
    this.home = home;
    this.framework = framework;
    this.publisher = publisher;
  }

  /// @param name [#SONDE], or [#FILE_INSTALL] and the milliseconds of its poll
  /// @param home an empty folder
  static Peer of(String name, Path home) throws IOException {
    Files.createDirectories(home.resolve("deploy"));
    Files.createDirectories(home.resolve("aside"));
    return name.equals(SONDE)
        ? sonde(home)
        : fileInstall(home, name.substring(FILE_INSTALL.length()));
  }

  private static Peer sonde(Path home) {
    Map<String, String> properties = new HashMap<>();
    properties.put("sonde.home", home.toString());
    properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "100");
    // As the launcher does.
    properties.put(Constants.FRAMEWORK_BOOTDELEGATION, "jdk.jfr.internal.*");
    properties.put(FelixConstants.RESOLVER_PARALLELISM, "1");
    EmbeddedFramework framework = new EmbeddedFramework("supervised", properties);
    EventBus bus = framework.service(EventBus.class);
    return new Peer(home, framework, number -> bus.publish(new PlainEvent(TOPIC, tick(number))));
  }

  /// As fast as it can: without the time-out of Felix EventAdmin, which costs it most of its speed.
  private static Peer fileInstall(Path home, String pollMillis) {
    Map<String, String> properties = new HashMap<>();
    properties.put(SwappedBundle.PLAIN, "true");
    properties.put("org.apache.felix.eventadmin.Timeout", "0");
    properties.put("felix.fileinstall.dir", home.resolve("deploy").toString());
    properties.put("felix.fileinstall.tmpdir", home.resolve("aside").toString());
    properties.put("felix.fileinstall.poll", pollMillis);
    properties.put("felix.fileinstall.noInitialDelay", "true");
    properties.put("felix.fileinstall.log.level", "0");
    EmbeddedFramework framework = new EmbeddedFramework("fileinstall", properties);
    EventAdmin admin = framework.service(EventAdmin.class);
    return new Peer(home, framework, number -> admin.postEvent(new Event(TOPIC, tick(number))));
  }

  private static final String TOPIC = SwappedBundle.TOPIC;

  private static Map<String, Object> tick(long number) {
    return Map.of(SwappedBundle.NUMBER, number);
  }

  void publish(long number) {
    publisher.accept(number);
  }

  /// Moves a jar into the folder, as `mv` does.
  ///
  /// @return when, by `nanoTime`
  long move(String file, byte[] jar) throws IOException {
    Path aside = Files.write(home.resolve("aside").resolve(file), jar);
    Path target = home.resolve("deploy").resolve(file);
    long moved = System.nanoTime();
    Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return moved;
  }

  void remove(String file) throws IOException {
    Files.delete(home.resolve("deploy").resolve(file));
  }

  @Override
  public void close() {
    framework.close();
  }
}
