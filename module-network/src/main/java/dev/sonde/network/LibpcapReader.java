package dev.sonde.network;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.TimestampPrecision;

/// Reads frames through a handle that pcap4j opened, without pcap4j: its own reading makes five
/// objects and a copy of each frame, takes four times as long, and so loses frames on a busy link.
///
/// It calls `pcap_next_ex` of the very library that pcap4j uses. For the thread that made it.
@SuppressWarnings("restricted") // native access is granted where the device is started
final class LibpcapReader implements AutoCloseable {

  /// Nothing came within the handle's time-out.
  static final int TIMED_OUT = 0;

  static final int FRAME = 1;

  /// `PCAP_ERROR_BREAK`: at the end of a file, or told to leave the loop.
  static final int END = -2;

  /// `struct pcap_pkthdr` on 64-bit systems.
  private static final MemoryLayout HEADER =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_LONG.withName("tv_sec"),
          ValueLayout.JAVA_LONG.withName("tv_usec"),
          ValueLayout.JAVA_INT.withName("caplen"),
          ValueLayout.JAVA_INT.withName("len"));

  private static final AddressLayout HEADER_ADDRESS = ValueLayout.ADDRESS.withTargetLayout(HEADER);

  private static final AddressLayout DATA_ADDRESS =
      ValueLayout.ADDRESS.withTargetLayout(
          MemoryLayout.sequenceLayout(ByteReader.LONGEST_FRAME_BYTES, ValueLayout.JAVA_BYTE));

  private static final MethodHandle NEXT =
      Linker.nativeLinker()
          .downcallHandle(
              function("pcap_next_ex"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS));

  private static final long FRACTION = offset("tv_usec");
  private static final long CAPTURED_LENGTH = offset("caplen");
  private static final long ORIGINAL_LENGTH = offset("len");

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment headerAt = arena.allocate(ValueLayout.ADDRESS);
  private final MemorySegment dataAt = arena.allocate(ValueLayout.ADDRESS);
  private final MemorySegment handle;
  private final int linkType;
  private final long nanosPerFraction;
  private final byte[] buffer = new byte[ByteReader.LONGEST_FRAME_BYTES];

  /// @param opened is not closed with this
  LibpcapReader(PcapHandle opened) {
    handle = address(opened);
    linkType = LinkType.ofDlt(opened.getDlt().value());
    nanosPerFraction = opened.getTimestampPrecision() == TimestampPrecision.NANO ? 1 : 1_000;
  }

  int linkType() {
    return linkType;
  }

  /// Reads the next frame.
  ///
  /// @param into is moved over a buffer that the next call overwrites
  /// @return [#FRAME], [#TIMED_OUT], [#END], or another negative number where libpcap has an error
  int next(Frame into) {
    int result = read();
    if (result == FRAME) {
      describe(headerAt.get(HEADER_ADDRESS, 0), into);
    }
    return result;
  }

  private int read() {
    try {
      return (int) NEXT.invokeExact(handle, headerAt, dataAt);
    } catch (Throwable e) {
      throw new IllegalStateException("pcap_next_ex can not be called", e);
    }
  }

  private void describe(MemorySegment header, Frame into) {
    int length = header.get(ValueLayout.JAVA_INT, CAPTURED_LENGTH);
    MemorySegment data = dataAt.get(DATA_ADDRESS, 0);
    MemorySegment.copy(data, ValueLayout.JAVA_BYTE, 0, buffer, 0, length);
    into.over(buffer, 0, length);
    long seconds = header.get(ValueLayout.JAVA_LONG, 0);
    long nanos = header.get(ValueLayout.JAVA_LONG, FRACTION) * nanosPerFraction;
    into.described(
        Frame.nanos(seconds, nanos), linkType, header.get(ValueLayout.JAVA_INT, ORIGINAL_LENGTH));
  }

  @Override
  public void close() {
    arena.close();
  }

  private static long offset(String field) {
    return HEADER.byteOffset(MemoryLayout.PathElement.groupElement(field));
  }

  /// A function of the library that pcap4j has loaded, under the name by which it looks for it.
  private static MemorySegment function(String name) {
    String library = System.getProperty("org.pcap4j.core.pcapLibName", "pcap");
    return MemorySegment.ofAddress(
        Pointer.nativeValue(NativeLibrary.getInstance(library).getFunction(name)));
  }

  /// pcap4j keeps its `pcap_t` to itself.
  private static MemorySegment address(PcapHandle opened) {
    try {
      Field pointer = PcapHandle.class.getDeclaredField("handle");
      pointer.setAccessible(true);
      return MemorySegment.ofAddress(Pointer.nativeValue((Pointer) pointer.get(opened)));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This pcap4j keeps its handle elsewhere", e);
    }
  }
}
