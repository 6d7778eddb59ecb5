package dev.sonde.network;

import java.util.Arrays;
import java.util.List;

/// What the `source` setting asks for.
sealed interface SourceChoice {

  /// Lets the module choose.
  String AUTO = "auto";

  /// What a choice of an interface begins with.
  String LIVE = "live:";

  /// What a choice of a file begins with.
  String FILE = "pcap:";

  /// Live capture where the system permits, else the sample.
  record Auto() implements SourceChoice {}

  /// An interface.
  ///
  /// @param name for example `eth0`
  record Live(String name) implements SourceChoice {}

  /// A capture file.
  ///
  /// @param path as given, so that messages show what the user wrote
  record CaptureFile(String path) implements SourceChoice {}

  /// The built-in sample.
  record Sample() implements SourceChoice {}

  /// The sources that are captured at once: one for each interface of `live:eth0,wlan0`, else the
  /// one.
  static List<String> each(String text) {
    String trimmed = text.strip();
    if (!trimmed.startsWith(LIVE)) {
      return List.of(trimmed);
    }
    List<String> each =
        Arrays.stream(trimmed.split(",", -1))
            .map(SourceChoice::interfaceOf)
            .filter(name -> !name.isEmpty())
            .distinct()
            .map(LIVE::concat)
            .toList();
    return each.isEmpty() ? List.of(trimmed) : each;
  }

  /// The name of the interface in `live:IFACE`.
  static String interfaceOf(String source) {
    String trimmed = source.strip();
    return trimmed.startsWith(LIVE) ? trimmed.substring(LIVE.length()).strip() : trimmed;
  }

  /// Whether it may turn out to be an interface.
  static boolean mayBeLive(String source) {
    return source.strip().equals(AUTO) || source.strip().startsWith(LIVE);
  }

  /// Checks a text that somebody typed.
  ///
  /// @throws IllegalArgumentException if it is no source, with what would be
  static void require(String text) {
    try {
      var _ = parse(text);
    } catch (CaptureException e) {
      throw new IllegalArgumentException(e.problem() + ". " + e.remedy(), e);
    }
  }

  /// Reads `auto`, `live:IFACE`, `pcap:FILE` or `sample`.
  ///
  /// @throws CaptureException if it is none of these
  static SourceChoice parse(String text) throws CaptureException {
    String trimmed = text.strip();
    if (trimmed.equals(AUTO)) {
      return new Auto();
    }
    if (trimmed.equals("sample")) {
      return new Sample();
    }
    if (trimmed.startsWith(LIVE) && trimmed.length() > LIVE.length()) {
      return new Live(trimmed.substring(LIVE.length()).strip());
    }
    if (trimmed.startsWith(FILE) && trimmed.length() > FILE.length()) {
      return new CaptureFile(trimmed.substring(FILE.length()).strip());
    }
    throw new CaptureException(
        "There is no source \"" + text + "\"",
        "Give auto, live:IFACE[,IFACE], pcap:FILE or sample; network:interfaces lists interfaces");
  }
}
