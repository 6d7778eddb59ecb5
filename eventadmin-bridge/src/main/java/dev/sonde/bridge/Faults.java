package dev.sonde.bridge;

/// What was thrown, in words for the user.
final class Faults {

  private static final int MAX_CHARACTERS = 400;

  private Faults() {}

  /// Class and message; a hostile `getMessage` is not trusted either.
  static String describe(Throwable thrown) {
    String text;
    try {
      text = thrown.toString();
    } catch (RuntimeException | StackOverflowError e) {
      text = thrown.getClass().getName();
    }
    return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
  }

  /// The innermost frame that is not the JDK's.
  static String place(Throwable thrown) {
    return place(thrown.getStackTrace());
  }

  /// The innermost frame that is not the JDK's, or else the innermost of all.
  static String place(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (!isJdk(frame)) {
        return frame.toString();
      }
    }
    return stack.length == 0 ? "" : stack[0].toString();
  }

  private static boolean isJdk(StackTraceElement frame) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }
}
