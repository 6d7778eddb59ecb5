package dev.sonde.bridge;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// A pipe of the C library. Whoever reads it sits in a native call, which no interrupt ends and
/// which the JVM knows nothing of.
final class NativePipe implements AutoCloseable {

  private final int readEnd;
  private final int writeEnd;

  NativePipe() throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(JAVA_INT, 2);
      int failed = (int) function("pipe", JAVA_INT, ADDRESS).invokeExact(ends);
      if (failed != 0) {
        throw new AssertionError("pipe failed");
      }
      readEnd = ends.getAtIndex(JAVA_INT, 0);
      writeEnd = ends.getAtIndex(JAVA_INT, 1);
    }
  }

  @SuppressWarnings("restricted") // what native code does to its thread is what is tested
  private static MethodHandle function(
      String name, MemoryLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(result, arguments));
  }

  /// Waits until [#close].
  void read() {
    try (Arena arena = Arena.ofConfined()) {
      long count =
          (long)
              function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG)
                  .invokeExact(readEnd, arena.allocate(1), 1L);
      if (count != 0) {
        throw new AssertionError("read returned " + count);
      }
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /// Ends all readers.
  @Override
  public void close() {
    try {
      int failed = (int) function("close", JAVA_INT, JAVA_INT).invokeExact(writeEnd);
      if (failed != 0) {
        throw new AssertionError("close failed");
      }
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
