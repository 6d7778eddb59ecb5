package dev.sonde.bridge;

/// Which of the classes that this bundle can do without it has.
public final class Visible {

  private Visible() {}

  /// Whether a class can be loaded; it is not initialised.
  public static boolean isVisible(String className) {
    try {
      var _ = Class.forName(className, false, Visible.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
