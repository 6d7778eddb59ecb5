package dev.sonde.network;

import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.PcapStat;

/// Live capture through libpcap. Its classes are loaded only when one is opened, so that everything
/// else works where libpcap is missing.
final class LiveSource implements PacketSource {

  /// How long the kernel gathers frames before it hands them over.
  private static final int GATHER_MILLIS = 100;

  private static final int MEGABYTE = 1 << 20;

  private final String name;
  private final PcapHandle handle;
  private final LibpcapReader reader;
  private volatile boolean cancelled;

  private LiveSource(String name, PcapHandle handle) {
    this.name = name;
    this.handle = handle;
    this.reader = new LibpcapReader(handle);
  }

  /// Opens an interface.
  ///
  /// @throws CaptureException if there is no such interface, it may not be opened, the filter is
  ///     not valid, or there is no libpcap
  static LiveSource open(String name, NetworkConfig config) throws CaptureException {
    try {
      PcapHandle handle = handle(name, config);
      filter(handle, config.filter().strip());
      return new LiveSource(name, handle);
    } catch (PcapNativeException e) {
      throw Libpcap.notOpened(name, String.valueOf(e.getMessage()));
    } catch (LinkageError e) {
      throw Libpcap.missing(e);
    }
  }

  private static PcapHandle handle(String name, NetworkConfig config) throws PcapNativeException {
    return new PcapHandle.Builder(name)
        .snaplen(config.snapLengthBytes())
        .promiscuousMode(
            config.promiscuous() ? PromiscuousMode.PROMISCUOUS : PromiscuousMode.NONPROMISCUOUS)
        .timeoutMillis(GATHER_MILLIS)
        .bufferSize(config.bufferMegabytes() * MEGABYTE)
        .rfmon(config.monitor())
        .build();
  }

  private static void filter(PcapHandle handle, String expression) throws CaptureException {
    if (expression.isEmpty()) {
      return;
    }
    try {
      handle.setFilter(expression, BpfCompileMode.OPTIMIZE);
    } catch (PcapNativeException | NotOpenException e) {
      handle.close();
      throw Libpcap.badFilter(expression, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public int linkType() {
    return reader.linkType();
  }

  /// Waits for a frame. An idle link may hold the thread in libpcap for ever, whatever the time-out
  /// says; [#cancel] frees it.
  @Override
  public boolean next(Frame into) throws CaptureException {
    int result = LibpcapReader.TIMED_OUT;
    while (result == LibpcapReader.TIMED_OUT && !cancelled) {
      result = reader.next(into);
    }
    if (result < 0 && result != LibpcapReader.END) {
      throw Libpcap.brokenOff(name, error());
    }
    return result == LibpcapReader.FRAME;
  }

  private String error() {
    try {
      return handle.getError();
    } catch (NotOpenException e) {
      return "it is closed";
    }
  }

  @Override
  public Drops drops() throws CaptureException {
    try {
      PcapStat stat = handle.getStats();
      return new Drops(stat.getNumPacketsDropped(), stat.getNumPacketsDroppedByIf());
    } catch (PcapNativeException | NotOpenException e) {
      throw new CaptureException(
          "libpcap gives no figures for " + name + ": " + e.getMessage(),
          "Check the interface: ip link show " + name);
    }
  }

  /// Leaves the read, so that its thread can close the capture: closing under a read would wait for
  /// it.
  @Override
  public void cancel() {
    cancelled = true;
    try {
      handle.breakLoop();
    } catch (NotOpenException e) {
      // closed already, so nothing reads
    }
  }

  @Override
  public void close() {
    reader.close();
    handle.close();
  }
}
