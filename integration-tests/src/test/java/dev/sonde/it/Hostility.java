package dev.sonde.it;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.CountDownLatch;

/// Ways in which an event handler does not return until it is released. None of them heeds
/// interrupts.
enum Hostility {
  /// Waits, and goes on waiting when it is interrupted.
  WAITS {
    @Override
    void hold(CountDownLatch released) {
      waitFor(released);
    }
  },

  /// Keeps a processor busy.
  LOOPS {
    @Override
    void hold(CountDownLatch released) {
      while (released.getCount() > 0) {
        Thread.onSpinWait();
      }
    }
  },

  /// Waits in the initialiser of a class.
  INITIALISES {
    @Override
    void hold(CountDownLatch released) throws ReflectiveOperationException, IOException {
      INITIALISER_MAY_END.set(released);
      byte[] code;
      try (InputStream in = Hostility.class.getResourceAsStream("Hostility$Initialiser.class")) {
        code = in.readAllBytes();
      }
      // Another class each time, for it is initialised only once.
      MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(code, false);
      var _ = lookup.ensureInitialized(lookup.lookupClass());
    }
  },

  /// Sits in a function of the C library.
  CALLS_NATIVE {
    @Override
    @SuppressWarnings("restricted") // that it holds its thread is the point
    void hold(CountDownLatch released) throws Throwable {
      Linker linker = Linker.nativeLinker();
      MethodHandle poll =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("poll"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_INT));
      while (released.getCount() > 0) {
        int _ = (int) poll.invokeExact(MemorySegment.NULL, 0L, 20);
      }
    }
  };

  static final ThreadLocal<CountDownLatch> INITIALISER_MAY_END = new ThreadLocal<>();

  /// Does not return before the latch is at zero.
  abstract void hold(CountDownLatch released) throws Throwable;

  static void waitFor(CountDownLatch released) {
    while (released.getCount() > 0) {
      try {
        released.await();
      } catch (InterruptedException e) {
        // Goes on.
      }
    }
  }

  /// Copies of it are initialised.
  static final class Initialiser {
    static {
      waitFor(INITIALISER_MAY_END.get());
    }
  }
}
