package dev.sonde.benchmarks.bus;

/// Who publishes to whom: every subscriber gets every event of every publisher.
enum Shape {
  /// One publisher, one subscriber.
  ONE_TO_ONE("1to1", 1, 1),
  /// One publisher, four subscribers.
  ONE_TO_FOUR("1to4", 1, 4),
  /// One publisher, sixteen subscribers.
  ONE_TO_SIXTEEN("1to16", 1, 16),
  /// Four publishers on one topic, four subscribers.
  FOUR_TO_FOUR("4to4", 4, 4);

  private final String label;
  private final int publishers;
  private final int subscribers;

  Shape(String label, int publishers, int subscribers) {
    this.label = label;
    this.publishers = publishers;
    this.subscribers = subscribers;
  }

  String label() {
    return label;
  }

  String pattern() {
    return Tick.TOPIC;
  }

  int publishers() {
    return publishers;
  }

  int subscribers() {
    return subscribers;
  }

  static Shape of(String label) {
    for (Shape shape : values()) {
      if (shape.label.equals(label)) {
        return shape;
      }
    }
    throw new IllegalArgumentException("There is no shape '" + label + "'");
  }
}
