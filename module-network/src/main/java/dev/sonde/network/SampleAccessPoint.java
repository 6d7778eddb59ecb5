package dev.sonde.network;

/// An access point of the sample, in the 2.4 GHz band.
///
/// @param bssid in the low 48 bits
/// @param name its SSID, empty where it hides it
/// @param channel 1 to 13
/// @param signalDbm how loud it is here
/// @param secured WPA2 or open
record SampleAccessPoint(long bssid, String name, int channel, int signalDbm, boolean secured) {

  private static final int CHANNEL_0_MHZ = 2407;
  private static final int CHANNEL_WIDTH_MHZ = 5;

  int frequencyMHz() {
    return CHANNEL_0_MHZ + channel * CHANNEL_WIDTH_MHZ;
  }
}
