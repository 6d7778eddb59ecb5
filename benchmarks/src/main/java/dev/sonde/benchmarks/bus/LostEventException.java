package dev.sonde.benchmarks.bus;

/// A delivery was lost, came twice, or carried something else: the run is void.
final class LostEventException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  LostEventException(String message) {
    super(message);
  }
}
