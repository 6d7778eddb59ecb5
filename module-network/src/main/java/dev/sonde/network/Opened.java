package dev.sonde.network;

/// A source that is open and ready to be read.
///
/// @param name as events name it: `live:eth0`, `pcap:FILE` or `sample`
/// @param source what delivers frames
/// @param filter which of them count
/// @param speed how fast it is to be played; nothing for live sources
/// @param live whether it can not wait
/// @param note what the user should know
record Opened(
    String name, PacketSource source, FrameFilter filter, Speed speed, boolean live, String note)
    implements AutoCloseable {

  @Override
  public void close() {
    filter.close();
    source.close();
  }
}
