package dev.sonde.supervisor;

import dev.sonde.bus.spi.EventCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder for jars that were refused, each beside `NAME.reason.txt` and `NAME.reason.json`.
final class Quarantine {

  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
  private static final String TEXT = ".reason.txt";

  private final Path folder;
  private final EventCodec codec;

  Quarantine(Path folder, EventCodec codec) {
    this.folder = folder;
    this.codec = codec;
  }

  /// Moves a file here; one that is gone meanwhile leaves no reason either.
  ///
  /// @param where the folder it was in
  void take(Path where, String name, String problem, String remedy) {
    try {
      Files.move(where.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      LOG.warn("{} could not be moved to quarantine/: {}", where.resolve(name), e.toString());
    }
    try {
      Files.writeString(
          folder.resolve(name + TEXT),
          name + ": " + problem + "\nWhat to do: " + remedy + "\n",
          StandardCharsets.UTF_8);
      Map<String, Object> reason = new LinkedHashMap<>();
      reason.put("file", name);
      reason.put("time", Instant.now().toString());
      reason.put("problem", problem);
      reason.put("remedy", remedy);
      Files.writeString(
          folder.resolve(name + ".reason.json"),
          codec.valueToJson(reason) + "\n",
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      LOG.warn("Why {} was refused could not be written down: {}", name, e.toString());
    }
  }

  /// What is here and why, by file.
  SortedMap<String, Unusable> refused() {
    SortedMap<String, Unusable> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(TEXT)) {
          String jar = name.substring(0, name.length() - TEXT.length());
          found.put(jar, read(jar, Files.readString(file)));
        }
      }
    } catch (IOException e) {
      found.put(
          "quarantine/",
          new Unusable("it can not be read: " + e.getMessage(), "check who may read it"));
    }
    return found;
  }

  private static Unusable read(String jar, String text) {
    String[] lines = text.strip().split("\nWhat to do: ", 2);
    String problem =
        lines[0].startsWith(jar + ": ") ? lines[0].substring(jar.length() + 2) : lines[0];
    return new Unusable(
        "refused: " + problem,
        (lines.length > 1 ? lines[1] : "") + ". Then delete it from quarantine/");
  }
}
