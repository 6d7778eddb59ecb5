package dev.sonde.bridge;

import java.util.function.Supplier;

/// What a module's code may throw, from the usual to the hostile.
enum Thrown {
  CHECKED(() -> new Exception("checked")),
  RUNTIME(() -> new IllegalStateException("runtime")),
  INTERRUPTED(() -> new InterruptedException("interrupted")),
  ERROR(() -> new AssertionError("error")),
  NO_CLASS(() -> new NoClassDefFoundError("com/acme/Valve")),
  OUT_OF_MEMORY(() -> new OutOfMemoryError("not really")),
  RECURSION(Thrown::recursion),
  NO_MESSAGE(() -> new RuntimeException((String) null)),
  LONG_MESSAGE(() -> new RuntimeException("long ".repeat(100_000))),
  NO_STACK_TRACE(() -> new RuntimeException("no stack trace", null, false, false) {}),
  CAUSED_BY_ITSELF(
      () ->
          new RuntimeException("caused by itself") {
            @Override
            public synchronized Throwable getCause() {
              return this;
            }
          }),
  MESSAGE_THROWS(
      () ->
          new RuntimeException() {
            @Override
            public String getMessage() {
              throw new IllegalStateException("no message");
            }
          }),
  MESSAGE_RECURS(
      () ->
          new RuntimeException() {
            @Override
            public String getMessage() {
              return getMessage() + "again";
            }
          }),
  MESSAGE_IS_AN_ERROR(
      () ->
          new RuntimeException() {
            @Override
            public String getMessage() {
              throw new NoClassDefFoundError("com/acme/Words");
            }
          }),
  TEXT_IS_NULL(
      () ->
          new RuntimeException() {
            @Override
            @SuppressWarnings("NullAway") // it is hostile
            public String toString() {
              return null;
            }
          }),
  STACK_TRACE_THROWS(
      () ->
          new RuntimeException("stack trace throws") {
            @Override
            public StackTraceElement[] getStackTrace() {
              throw new AssertionError("no stack");
            }
          }),
  STACK_TRACE_IS_NULL(
      () ->
          new RuntimeException("stack trace is null") {
            @Override
            @SuppressWarnings("NullAway") // it is hostile
            public StackTraceElement[] getStackTrace() {
              return null;
            }
          }),
  CAUSE_THROWS(
      () ->
          new RuntimeException("cause throws") {
            @Override
            public synchronized Throwable getCause() {
              throw new AssertionError("no cause");
            }
          });

  private final Supplier<Throwable> made;

  Thrown(Supplier<Throwable> made) {
    this.made = made;
  }

  /// Throws it, checked or not.
  void raise() throws Exception {
    Thrown.<Exception>sneak(made.get());
  }

  /// The same, where nothing checked may be thrown.
  void raiseUnchecked() {
    Thrown.<RuntimeException>sneak(made.get());
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private static Throwable recursion() {
    try {
      return deeper(0);
    } catch (StackOverflowError overflow) {
      return overflow;
    }
  }

  @SuppressWarnings("InfiniteRecursion")
  private static Throwable deeper(int depth) {
    return new IllegalStateException("depth " + depth, deeper(depth + 1));
  }
}
