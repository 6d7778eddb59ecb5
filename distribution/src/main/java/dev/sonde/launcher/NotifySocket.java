package dev.sonde.launcher;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// A Unix datagram socket that somebody else listens to. The JDK has Unix sockets for streams only,
/// so the C library is called. Linux alone (unix(7)).
final class NotifySocket {

  private static final short AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;

  /// A full receive buffer is no reason to wait.
  private static final int MSG_DONTWAIT = 0x40;

  private static final int PATH_OFFSET = 2;
  private static final int LONGEST_PATH = 108;

  private final byte[] address;
  private final CLibrary library = new CLibrary();

  private NotifySocket(byte[] address) {
    this.address = address;
  }

  /// @param name an absolute path, or `@` and a name in the abstract name space
  /// @throws IOException if it is neither, or too long
  static NotifySocket at(String name) throws IOException {
    byte[] address = name.getBytes(UTF_8);
    boolean isAbstract = name.startsWith("@");
    if (!isAbstract && !name.startsWith("/")) {
      throw new IOException("NOTIFY_SOCKET=" + name + " is neither a path nor an abstract name");
    }
    // A path ends with a zero byte, which the abstract name has in front.
    if (address.length + (isAbstract ? 0 : 1) > LONGEST_PATH) {
      throw new IOException("NOTIFY_SOCKET=" + name + " is too long");
    }
    if (isAbstract) {
      address[0] = 0;
    }
    return new NotifySocket(address);
  }

  /// Sends one datagram, without waiting.
  void send(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to = arena.allocate(PATH_OFFSET + LONGEST_PATH, Short.BYTES);
      to.set(JAVA_SHORT, 0, AF_UNIX);
      MemorySegment.copy(address, 0, to, JAVA_BYTE, PATH_OFFSET, address.length);
      library.send(arena, arena.allocateFrom(JAVA_BYTE, bytes), to, toLength());
    }
  }

  /// All bytes of an abstract name count; a path counts with the zero byte behind it.
  private int toLength() {
    return PATH_OFFSET + address.length + (address[0] == 0 ? 0 : 1);
  }

  /// What is called there.
  private static final class CLibrary {

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
        STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final Linker linker = Linker.nativeLinker();
    private final MethodHandle socket =
        function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private final MethodHandle sendTo =
        function(
            "sendto",
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private final MethodHandle close = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    @SuppressWarnings("restricted")
    private MethodHandle function(String name, FunctionDescriptor type) {
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow(name), type, Linker.Option.captureCallState("errno"));
    }

    void send(Arena arena, MemorySegment text, MemorySegment to, int toLength) throws IOException {
      MemorySegment state = arena.allocate(STATE);
      try {
        int opened = (int) socket.invokeExact(state, (int) AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        check("socket", opened, state);
        try {
          check(
              "sendto",
              (long)
                  sendTo.invokeExact(
                      state, opened, text, text.byteSize(), MSG_DONTWAIT, to, toLength),
              state);
        } finally {
          var _ = (int) close.invokeExact(state, opened);
        }
      } catch (IOException | RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IOException(e);
      }
    }

    private static void check(String call, long result, MemorySegment state) throws IOException {
      if (result < 0) {
        throw new IOException(call + " failed, errno " + (int) ERRNO.get(state, 0L));
      }
    }
  }
}
