package dev.sonde.network;

/// What the `source` setting asks for.
sealed interface SourceChoice {

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

  /// Reads `auto`, `live:IFACE`, `pcap:FILE` or `sample`.
  ///
  /// @throws CaptureException if it is none of these
  static SourceChoice parse(String text) throws CaptureException {
    String trimmed = text.strip();
    if (trimmed.equals("auto")) {
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
        "Give auto, live:IFACE, pcap:FILE or sample; network:interfaces lists interfaces");
  }
}
