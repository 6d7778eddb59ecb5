package dev.sonde.network;

/// Channel numbers of Wi-Fi frequencies (IEEE 802.11 annex E).
final class Channels {

  private Channels() {}

  /// The channel.
  ///
  /// @return 0 for a frequency that has none
  static int of(int frequencyMHz) {
    if (frequencyMHz == 2_484) {
      return 14;
    }
    if (frequencyMHz >= 2_412 && frequencyMHz <= 2_472) {
      return (frequencyMHz - 2_407) / 5;
    }
    if (frequencyMHz >= 5_955 && frequencyMHz <= 7_115) {
      return (frequencyMHz - 5_950) / 5;
    }
    return frequencyMHz >= 5_160 && frequencyMHz <= 5_885 ? (frequencyMHz - 5_000) / 5 : 0;
  }
}
