package dev.sonde.network;

import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/// Sends through libpcap. An interface is opened for each frame: few are sent, and one that went
/// away in between is noticed.
final class PcapTransmitter implements Transmitter {

  private static final int SNAP_LENGTH_BYTES = 64;
  private static final int TIMEOUT_MILLIS = 10;

  /// Nothing is read, so as little as the kernel accepts.
  private static final int BUFFER_BYTES = 1 << 16;

  @Override
  public void send(String networkInterface, byte[] frame) throws CaptureException {
    try (PcapHandle handle =
        new PcapHandle.Builder(networkInterface)
            .snaplen(SNAP_LENGTH_BYTES)
            .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
            .timeoutMillis(TIMEOUT_MILLIS)
            .bufferSize(BUFFER_BYTES)
            .build()) {
      requireEthernet(networkInterface, handle);
      handle.sendPacket(frame);
    } catch (PcapNativeException | NotOpenException e) {
      throw Libpcap.notOpened(networkInterface, String.valueOf(e.getMessage()));
    } catch (LinkageError e) {
      throw Libpcap.missing(e);
    }
  }

  /// A card in monitor mode would put 802.11 frames on the air, in the names of others, too.
  private static void requireEthernet(String networkInterface, PcapHandle handle)
      throws CaptureException {
    if (handle.getDlt().value() != LinkType.ETHERNET) {
      throw new CaptureException(
          "The link type of " + networkInterface + " is not Ethernet but " + handle.getDlt(),
          "Send on an Ethernet interface, or on Wi-Fi without monitor mode");
    }
  }
}
