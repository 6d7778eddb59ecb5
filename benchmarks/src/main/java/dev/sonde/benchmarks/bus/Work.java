package dev.sonde.benchmarks.bus;

/// What one fork measures.
///
/// @param shape the shape
/// @param contender the contender
record Work(Shape shape, Contenders contender) {

  @Override
  public String toString() {
    return "bus." + shape.label() + "." + contender.label();
  }
}
