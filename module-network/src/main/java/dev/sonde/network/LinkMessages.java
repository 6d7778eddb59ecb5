package dev.sonde.network;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Set;

/// What Linux says of links that come, go and change (rtnetlink, man 7 rtnetlink). What it says
/// exactly is left unread: that something changed is enough to look again.
final class LinkMessages implements AutoCloseable {

  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int NETLINK_ROUTE = 0;
  private static final int RTMGRP_LINK = 1;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int EINTR = 4;
  private static final int ENOBUFS = 105;
  private static final int BUFFER_BYTES = 8_192;
  private static final int ADDRESS_BYTES = 12;
  private static final int HEADER_BYTES = 16;
  private static final int NLMSG_NOOP = 1;
  private static final int NLM_F_REQUEST_ACK = 1 | 4;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout ERROR = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      ERROR.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final ValueLayout INT = ValueLayout.JAVA_INT;
  private static final ValueLayout LONG = ValueLayout.JAVA_LONG;
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;

  private static final MethodHandle SOCKET = function("socket", INT, INT, INT, INT);
  private static final MethodHandle BIND = function("bind", INT, INT, POINTER, INT);
  private static final MethodHandle RECV = function("recv", LONG, INT, POINTER, LONG, INT);
  private static final MethodHandle SEND = function("send", LONG, INT, POINTER, LONG, INT);
  private static final MethodHandle CLOSE = function("close", INT, INT);

  private final Arena arena = Arena.ofShared();
  private final MemorySegment error = arena.allocate(ERROR);
  private final MemorySegment wakeError = arena.allocate(ERROR);
  private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);
  private final int socket;

  private LinkMessages() throws IOException {
    socket = (int) call(SOCKET, error, AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_ROUTE);
    if (socket < 0) {
      arena.close();
      throw new IOException("netlink socket: error " + errno());
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(
      String name, MemoryLayout result, MemoryLayout... parameters) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, parameters),
        Linker.Option.captureCallState("errno"));
  }

  /// Begins to listen.
  ///
  /// @throws IOException if the system does not allow it
  static LinkMessages open() throws IOException {
    LinkMessages messages = new LinkMessages();
    try {
      messages.bind();
      return messages;
    } catch (IOException e) {
      messages.close();
      throw e;
    }
  }

  private void bind() throws IOException {
    MemorySegment address = arena.allocate(ADDRESS_BYTES, Integer.BYTES);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_NETLINK);
    address.set(ValueLayout.JAVA_INT, 8, RTMGRP_LINK);
    if (call(BIND, error, socket, address, ADDRESS_BYTES) < 0) {
      throw new IOException("netlink bind: error " + errno());
    }
  }

  /// Waits until something changes, or [#wake] is called. Changes that come together count as one.
  ///
  /// @return true
  /// @throws IOException if the system tells no more
  boolean await() throws IOException {
    // too much to tell (ENOBUFS) is a change, too
    if (receive(0) < 0 && !Set.of(EINTR, ENOBUFS).contains(errno())) {
      throw new IOException("netlink receive: error " + errno());
    }
    while (receive(MSG_DONTWAIT) > 0) {
      // only that there is one counts
    }
    return true;
  }

  private long receive(int flags) {
    return call(RECV, error, socket, buffer, (long) BUFFER_BYTES, flags);
  }

  private int errno() {
    return (int) ERRNO.get(error, 0L);
  }

  /// Ends an [#await], on any thread, while this is open: the kernel acknowledges what asks for
  /// nothing.
  void wake() {
    try (Arena own = Arena.ofConfined()) {
      MemorySegment header = own.allocate(HEADER_BYTES, Integer.BYTES);
      header.set(ValueLayout.JAVA_INT, 0, HEADER_BYTES);
      header.set(ValueLayout.JAVA_SHORT, 4, (short) NLMSG_NOOP);
      header.set(ValueLayout.JAVA_SHORT, 6, (short) NLM_F_REQUEST_ACK);
      var _ = call(SEND, wakeError, socket, header, (long) HEADER_BYTES, 0);
    }
  }

  private static long call(MethodHandle function, MemorySegment error, Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = error;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    try {
      return ((Number) function.invokeWithArguments(all)).longValue();
    } catch (Throwable e) {
      throw new IllegalStateException("A function of the system was called wrongly", e);
    }
  }

  @Override
  public void close() {
    var _ = call(CLOSE, error, socket);
    arena.close();
  }
}
