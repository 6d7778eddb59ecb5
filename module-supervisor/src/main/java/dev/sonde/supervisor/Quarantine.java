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
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder for jars that were refused, each beside `NAME.reason.txt` and `NAME.reason.json`.
final class Quarantine {

  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
  private static final String TEXT = ".reason.txt";
  private static final String JSON = ".reason.json";

  private final Path folder;
  private final EventCodec codec;

  /// Reasons for which there was no room, by file.
  private final Map<String, Reason> unwritten = new ConcurrentHashMap<>();

  /// Why a file is here.
  private record Reason(String problem, String remedy, Instant time) {}

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
    Reason reason = new Reason(problem, remedy, Instant.now());
    try {
      write(name, reason);
    } catch (IOException e) {
      LOG.warn("Why {} was refused can not be written down yet: {}", name, e.toString());
      unwritten.put(name, reason);
    }
  }

  /// A file that was refused has been mended: nothing is left to tell.
  void mended(String name) {
    unwritten.remove(name);
    for (String gone : List.of(name, name + TEXT, name + JSON)) {
      try {
        Files.deleteIfExists(folder.resolve(gone));
      } catch (IOException e) {
        LOG.warn("{} could not be removed: {}", folder.resolve(gone), e.toString());
      }
    }
  }

  private void write(String name, Reason reason) throws IOException {
    Files.writeString(
        folder.resolve(name + TEXT),
        name + ": " + reason.problem() + "\nWhat to do: " + reason.remedy() + "\n",
        StandardCharsets.UTF_8);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", name);
    json.put("time", reason.time().toString());
    json.put("problem", reason.problem());
    json.put("remedy", reason.remedy());
    Files.writeString(
        folder.resolve(name + JSON), codec.valueToJson(json) + "\n", StandardCharsets.UTF_8);
  }

  /// Writes down what there was no room for.
  ///
  /// @return whether nothing is left of that
  boolean catchUp() {
    unwritten.forEach(
        (name, reason) -> {
          try {
            if (Files.exists(folder.resolve(name))) {
              write(name, reason);
            }
            unwritten.remove(name);
          } catch (IOException e) {
            // Still no room.
          }
        });
    return unwritten.isEmpty();
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
      unwritten.forEach(
          (jar, reason) -> found.put(jar, refusal(reason.problem(), reason.remedy())));
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
    return refusal(problem, lines.length > 1 ? lines[1] : "");
  }

  private static Unusable refusal(String problem, String remedy) {
    return new Unusable("refused: " + problem, remedy + ". Then delete it from quarantine/");
  }
}
