package dev.sonde.benchmarks.bus;

import java.util.Map;

/// The contenders by name.
enum Contenders {
  /// Sonde, typed.
  SONDE("sonde") {
    @Override
    Contender open(Shape shape) {
      return new SondeContender();
    }
  },
  /// Felix EventAdmin at its fastest: without the time-out by which it finds hanging handlers.
  FELIX_T0("felix-t0") {
    @Override
    Contender open(Shape shape) {
      return new EventAdminContender("felix", Map.of("org.apache.felix.eventadmin.Timeout", "0"));
    }
  },
  /// LMAX Disruptor with its blocking wait strategy.
  DISRUPTOR("disruptor") {
    @Override
    Contender open(Shape shape) {
      return new DisruptorContender(shape.publishers() > 1);
    }
  };

  private final String label;

  Contenders(String label) {
    this.label = label;
  }

  /// Starts it.
  abstract Contender open(Shape shape);

  /// As it is written on the command line and in tables.
  String label() {
    return label;
  }

  static Contenders of(String label) {
    for (Contenders contender : values()) {
      if (contender.label.equals(label)) {
        return contender;
      }
    }
    throw new IllegalArgumentException("There is no contender '" + label + "'");
  }
}
