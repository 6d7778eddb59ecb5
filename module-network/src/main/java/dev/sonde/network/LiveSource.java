package dev.sonde.network;

import java.io.EOFException;
import java.sql.Timestamp;
import java.util.concurrent.TimeoutException;
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
  private volatile boolean cancelled;

  private LiveSource(String name, PcapHandle handle) {
    this.name = name;
    this.handle = handle;
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
    return LinkType.ofDlt(handle.getDlt().value());
  }

  /// Waits for a frame. An idle link may hold the thread in libpcap for ever, whatever the time-out
  /// says; [#cancel] frees it.
  @Override
  public boolean next(Frame into) throws CaptureException {
    while (!cancelled) {
      try {
        read(handle.getNextRawPacketEx(), into);
        return true;
      } catch (TimeoutException e) {
        // nothing came; again
      } catch (EOFException | NotOpenException e) {
        return false;
      } catch (PcapNativeException e) {
        throw new CaptureException(
            "The capture on " + name + " broke off: " + e.getMessage(),
            "Check the interface: ip link show " + name);
      }
    }
    return false;
  }

  private void read(byte[] data, Frame into) {
    Timestamp captured = handle.getTimestamp();
    into.over(data, 0, data.length);
    into.described(
        Frame.nanos(Math.floorDiv(captured.getTime(), 1_000L), captured.getNanos()),
        linkType(),
        handle.getOriginalLength());
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
    handle.close();
  }
}
