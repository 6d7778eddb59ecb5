package dev.sonde.supervisor;

import dev.sonde.bus.EventBus;
import dev.sonde.event.module.ConfigurationRejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings `conf/NAME.cfg` to ConfigurationAdmin, as the PID `sonde.NAME`, now and whenever a file
/// changes. With the values go the file's name and each key's line, for messages.
@Component(service = ConfigurationFiles.class, immediate = true)
public final class ConfigurationFiles {

  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFiles.class);
  private static final String SUFFIX = ".cfg";
  private static final Duration SETTLE = Duration.ofMillis(200);
  private static final long MAX_BYTES = 1 << 20;

  private final Path folder;
  private final ConfigurationAdmin admin;
  private final EventBus bus;
  private final FolderWatch watch;
  private final Map<String, List<String>> seen = new HashMap<>();
  private final Set<String> emptied = new HashSet<>();
  private final Set<String> unreadable = new HashSet<>();

  /// Reads all files before it returns, so that modules find their values.
  @Activate
  public ConfigurationFiles(
      BundleContext context, @Reference ConfigurationAdmin admin, @Reference EventBus bus) {
    this.folder = Homes.folder(context, "conf");
    this.admin = admin;
    this.bus = bus;
    var _ = look();
    this.watch = new FolderWatch(folder, this::look);
    watch.start();
  }

  /// Ends the watch; the values stay.
  @Deactivate
  public void close() {
    watch.close();
  }

  /// Rewrites a module's file, and reads it.
  ///
  /// @return the file's name
  synchronized String change(String module, UnaryOperator<List<String>> change) throws IOException {
    Path file = folder.resolve(module + SUFFIX);
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    Path beside = folder.resolve("." + module + SUFFIX + ".part");
    Files.write(beside, change.apply(lines));
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    var _ = look();
    return "conf/" + file.getFileName();
  }

  private synchronized Duration look() {
    Map<String, List<String>> present = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(ConfigurationFiles::isConfiguration).toList()) {
        String name = file.getFileName().toString();
        List<String> before = seen.get(name);
        List<String> lines = read(file, before);
        present.put(name, before != null && isBeingSaved(name, lines) ? before : lines);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} can not be read, the last values stay: {}", folder, e.toString());
      return Duration.ZERO;
    }
    present.forEach(
        (file, lines) -> {
          if (!lines.equals(seen.get(file))) {
            update(file, lines);
          }
        });
    for (String gone : new ArrayList<>(seen.keySet())) {
      if (!present.containsKey(gone)) {
        delete(moduleOf(gone));
        delete(moduleOf(gone) + "." + Supervision.SECTION);
      }
    }
    seen.clear();
    seen.putAll(present);
    emptied.retainAll(present.keySet());
    return emptied.isEmpty() ? Duration.ZERO : SETTLE;
  }

  /// The lines of a file; those of before if it can not be read, which is told once.
  private List<String> read(Path file, @Nullable List<String> before) {
    String name = file.getFileName().toString();
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("it is longer than " + MAX_BYTES + " bytes");
      }
      List<String> lines = Files.readString(file, StandardCharsets.UTF_8).lines().toList();
      unreadable.remove(name);
      return lines;
    } catch (IOException e) {
      if (unreadable.add(name)) {
        String problem =
            e instanceof CharacterCodingException
                ? "it is not in UTF-8"
                : String.valueOf(e.getMessage());
        bus.publish(
            new ConfigurationRejected(
                moduleOf(name), file.toString(), 0, "", "can not be read: " + problem));
      }
      return before == null ? List.of() : before;
    }
  }

  /// Many editors empty a file before they write it: one that has just become empty is looked at
  /// once more.
  private boolean isBeingSaved(String name, List<String> lines) {
    boolean emptiedNow = lines.isEmpty() && !seen.getOrDefault(name, lines).isEmpty();
    if (!emptiedNow || emptied.remove(name)) {
      emptied.remove(name);
      return false;
    }
    return emptied.add(name);
  }

  private static boolean isConfiguration(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(SUFFIX) && !name.startsWith(".") && Files.isRegularFile(file);
  }

  private void update(String file, List<String> lines) {
    ConfigurationFile parsed = ConfigurationFile.parse(lines);
    String path = folder.resolve(file).toString();
    for (ConfigurationFile.Problem problem : parsed.problems()) {
      bus.publish(
          new ConfigurationRejected(
              moduleOf(file), path, problem.line(), problem.key(), problem.text()));
    }
    store(moduleOf(file), path, parsed.section(""));
    Map<String, ConfigurationFile.Entry> supervision = parsed.section(Supervision.SECTION);
    String supervised = moduleOf(file) + "." + Supervision.SECTION;
    if (supervision.isEmpty()) {
      delete(supervised);
    } else {
      store(supervised, path, supervision);
    }
  }

  private void store(String name, String path, Map<String, ConfigurationFile.Entry> entries) {
    Map<String, Object> values = new HashMap<>();
    values.put("sonde.file", path);
    entries.forEach(
        (key, entry) -> {
          values.put(key, entry.value());
          values.put("sonde.line." + key, Integer.toString(entry.line()));
        });
    try {
      boolean _ = configuration(name).updateIfDifferent(FrameworkUtil.asDictionary(values));
    } catch (IOException e) {
      LOG.warn("{} could not be stored, the last values stay: {}", path, e.toString());
    }
  }

  private void delete(String name) {
    try {
      configuration(name).delete();
    } catch (IOException e) {
      LOG.warn("The values of {} could not be removed: {}", name, e.toString());
    }
  }

  private Configuration configuration(String name) throws IOException {
    return admin.getConfiguration("sonde." + name, "?");
  }

  private static String moduleOf(String file) {
    return file.substring(0, file.length() - SUFFIX.length());
  }
}
