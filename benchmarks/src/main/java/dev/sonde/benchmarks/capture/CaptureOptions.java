package dev.sonde.benchmarks.capture;

import dev.sonde.benchmarks.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// What was asked for.
///
/// @param captures folder of the captures that traffic is made of
/// @param packets in the file that is replayed
/// @param rounds how often each contender runs
/// @param seconds how long live traffic lasts at each rate
/// @param bufferMegabytes what the kernel keeps for each live contender
/// @param replay whether files are replayed
/// @param live whether live traffic is captured
record CaptureOptions(
    Path captures,
    long packets,
    int rounds,
    int seconds,
    int bufferMegabytes,
    boolean replay,
    boolean live) {

  /// As the help shows them.
  static final String TEXT =
      """
        --captures DIR         make traffic of the Ethernet captures in it, not of $SONDE_CAPTURES/lan
        --packets N            replay so many packets instead of 1,000,000
        --rounds N             so many rounds instead of 3
        --seconds N            so long at each live rate instead of 2
        --buffer N             so many MB in the kernel for each live contender instead of 4
        --only replay|live     one part
      """;

  static CaptureOptions parse(Iterator<String> words) throws UsageException {
    String captures = null;
    String only = "";
    long packets = 1_000_000;
    int rounds = 3;
    int seconds = 2;
    int megabytes = 4;
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "--captures" -> captures = value(word, words, ".+");
        case "--packets" -> packets = number(word, words);
        case "--rounds" -> rounds = number(word, words);
        case "--seconds" -> seconds = number(word, words);
        case "--buffer" -> megabytes = number(word, words);
        case "--only" -> only = value(word, words, "replay|live");
        default -> throw new UsageException("bench capture does not know '" + word + "'");
      }
    }
    return new CaptureOptions(
        folder(captures),
        packets,
        rounds,
        seconds,
        megabytes,
        !only.equals("live"),
        !only.equals("replay"));
  }

  private static int number(String option, Iterator<String> words) throws UsageException {
    return Integer.parseInt(value(option, words, "[1-9]\\d{0,8}"));
  }

  private static String value(String option, Iterator<String> words, String pattern)
      throws UsageException {
    String text = words.hasNext() ? words.next() : "";
    if (!text.matches(pattern)) {
      throw new UsageException(option + " can not be '" + text + "'; see --help");
    }
    return text;
  }

  private static Path folder(@Nullable String given) throws UsageException {
    String captures = System.getenv("SONDE_CAPTURES");
    Path folder = Path.of(given != null ? given : captures == null ? "lan" : captures + "/lan");
    if (!Files.isDirectory(folder)) {
      throw new UsageException(
          "There is no folder "
              + folder
              + ". bench capture makes its traffic of captures: name a folder of pcap files of"
              + " Ethernet frames with --captures DIR, or one with lan/ in it by SONDE_CAPTURES");
    }
    return folder;
  }
}
