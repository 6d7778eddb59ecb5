package dev.sonde.bus;

/// Thrown by the methods of a [ModuleContext] whose module has stopped or was abandoned: a thread
/// that it left behind can do nothing more on the bus. What it publishes is counted as refused
/// (`bus:stats`, `module:info`) and told once in the log.
public final class RevokedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /// Says which module.
  ///
  /// @param module the module's name
  public RevokedException(String module) {
    super("Module " + module + " is no longer running; this context can not be used any more");
  }
}
