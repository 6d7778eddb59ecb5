package dev.sonde.bridge;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// What was thrown, in words for the user. An exception of a module's own is module code, too: each
/// of its methods may throw anything, recur, or return null.
public final class Faults {

  private static final int MAX_CHARACTERS = 400;
  private static final int MAX_RECURSION_FRAMES = 32;

  private Faults() {}

  /// Logs it with its stack, or, where that can not be printed, without.
  public static void warn(Logger log, String what, Throwable thrown) {
    try {
      shorten(thrown);
      log.warn(what, thrown);
    } catch (Throwable unprintable) {
      log.warn("{}: {}", what, describe(thrown));
    }
  }

  /// A recursion has a thousand frames that are all the same; a slow console would hold up the
  /// module that prints them for every event.
  private static void shorten(Throwable thrown) {
    if (thrown instanceof StackOverflowError) {
      StackTraceElement[] stack = thrown.getStackTrace();
      int frames = Math.min(stack.length, MAX_RECURSION_FRAMES);
      thrown.setStackTrace(Arrays.copyOf(stack, frames));
    }
  }

  /// Class and message.
  public static String describe(Throwable thrown) {
    String text = ask(thrown::toString, thrown.getClass().getName());
    return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
  }

  /// The innermost frame that is not the JDK's.
  public static String place(Throwable thrown) {
    return ask(() -> place(thrown.getStackTrace()), "");
  }

  private static String ask(Supplier<@Nullable String> question, String otherwise) {
    try {
      String answer = question.get();
      return answer == null ? otherwise : answer;
    } catch (Throwable hostile) {
      return otherwise;
    }
  }

  /// The innermost frame that is not the JDK's, or else the innermost of all.
  public static String place(StackTraceElement[] stack) {
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
