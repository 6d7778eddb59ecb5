package dev.sonde.network;

/// A packet ends before what it announces. Without a stack: a flood of such packets must not cost
/// more than others.
final class TruncatedException extends IndexOutOfBoundsException {

  private static final long serialVersionUID = 1L;

  TruncatedException() {
    super("The packet ends before what it announces");
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
