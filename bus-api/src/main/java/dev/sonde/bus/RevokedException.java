package dev.sonde.bus;

/// Thrown by every method of a [ModuleContext] whose module was stopped or abandoned: a thread that
/// it left behind can do nothing more on the bus. What such a thread tries to publish is counted.
public final class RevokedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /// Says which module.
  ///
  /// @param module the module's name
  public RevokedException(String module) {
    super("Module " + module + " is no longer running; this context can not be used any more");
  }
}
