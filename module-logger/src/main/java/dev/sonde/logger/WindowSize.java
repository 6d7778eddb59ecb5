package dev.sonde.logger;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// The width of the terminal that standard output leads to, as it is now: nothing in Java tells.
/// Linux on x86-64 and aarch64 (`ioctl_tty(2)`); elsewhere it is unknown.
final class WindowSize {

  static final int UNKNOWN = 0;

  private static final int STANDARD_OUTPUT = 1;
  private static final long TIOCGWINSZ = 0x5413;

  /// `struct winsize`: rows, columns, and two that are unused.
  private static final long WINSIZE_BYTES = 4 * Short.BYTES;

  private final @Nullable MethodHandle ioctl;

  WindowSize() {
    this.ioctl = System.getProperty("os.name").equals("Linux") ? find() : null;
  }

  @SuppressWarnings("restricted") // The device runs with --enable-native-access.
  private static @Nullable MethodHandle find() {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("ioctl")
        .map(
            address ->
                linker.downcallHandle(
                    address,
                    FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS),
                    Linker.Option.firstVariadicArg(2)))
        .orElse(null);
  }

  /// In cells, or [#UNKNOWN].
  int columns() {
    MethodHandle call = ioctl;
    if (call == null) {
      return UNKNOWN;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(WINSIZE_BYTES);
      int failed = (int) call.invokeExact(STANDARD_OUTPUT, TIOCGWINSZ, size);
      return failed == 0
          ? Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1))
          : UNKNOWN;
    } catch (Throwable unreachable) {
      throw new IllegalStateException("ioctl can not be called", unreachable);
    }
  }
}
