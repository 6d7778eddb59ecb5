package dev.sonde.logger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Remembers what it was told.
final class Told implements DiskListener {

  final List<String> sentences = new ArrayList<>();

  @Override
  public void refused(Path file, String reason) {
    sentences.add("refused: " + reason);
  }

  @Override
  public void resumed(Path file, long missing) {
    sentences.add("resumed: " + missing);
  }

  @Override
  public void late(Path file, Duration longest, long count) {
    sentences.add("late: " + count + ", at worst " + longest.toMillis() + " ms");
  }

  @Override
  public void note(String sentence) {
    sentences.add(sentence);
  }
}
