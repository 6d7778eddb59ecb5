package dev.sonde.network;

import java.util.HashMap;
import java.util.Map;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

/// A BPF filter where there is no kernel to run it: compiled by libpcap, once for each link type,
/// and run by it on each frame.
final class BpfFrameFilter implements FrameFilter {

  private final String expression;
  private final Map<Integer, BpfProgram> programs = new HashMap<>();

  private BpfFrameFilter(String expression) {
    this.expression = expression;
  }

  static BpfFrameFilter compile(String expression, int linkType) throws CaptureException {
    BpfFrameFilter filter = new BpfFrameFilter(expression);
    filter.program(linkType);
    return filter;
  }

  @Override
  public boolean accepts(Frame frame) throws CaptureException {
    byte[] data = frame.copy(0, frame.length());
    return program(frame.linkType()).applyFilter(data, frame.originalLengthBytes(), data.length);
  }

  private BpfProgram program(int linkType) throws CaptureException {
    BpfProgram known = programs.get(linkType);
    if (known != null) {
      return known;
    }
    BpfProgram compiled = compiled(linkType);
    programs.put(linkType, compiled);
    return compiled;
  }

  private BpfProgram compiled(int linkType) throws CaptureException {
    try (PcapHandle dead =
        Pcaps.openDead(DataLinkType.getInstance(linkType), ByteReader.LONGEST_FRAME_BYTES)) {
      return dead.compileFilter(
          expression, BpfCompileMode.OPTIMIZE, PcapHandle.PCAP_NETMASK_UNKNOWN);
    } catch (PcapNativeException | NotOpenException e) {
      throw Libpcap.badFilter(expression, String.valueOf(e.getMessage()));
    } catch (LinkageError e) {
      throw Libpcap.missing(e);
    }
  }

  @Override
  public void close() {
    programs.values().forEach(BpfProgram::free);
  }
}
