package dev.sonde.benchmarks.bus;

import com.google.common.collect.ImmutableList;

/// What is measured, and how it is shown.
enum Kind {
  /// How many events a second.
  PUBLISH(PublishBenchmark.class, Figure.RATE, ImmutableList.of(Figure.BYTES)),
  /// How many events a second, where each goes to one of many.
  SCALE(ScaleBenchmark.class, Figure.RATE, ImmutableList.of(Figure.THREADS, Figure.BYTES)),
  /// How long from publishing to the handler, at a steady pace.
  LATENCY(LatencyBenchmark.class, Figure.P50, ImmutableList.of(Figure.P99, Figure.RATE)),
  /// What it costs when nothing happens.
  IDLE(IdleBenchmark.class, Figure.CPU, ImmutableList.of(Figure.WAKE_UPS, Figure.THREADS));

  private final Class<?> benchmark;
  private final Figure figure;
  private final ImmutableList<Figure> more;

  Kind(Class<?> benchmark, Figure figure, ImmutableList<Figure> more) {
    this.benchmark = benchmark;
    this.figure = figure;
    this.more = more;
  }

  /// The JMH class.
  Class<?> benchmark() {
    return benchmark;
  }

  /// Whether it is of interest here.
  boolean shows(Figure one) {
    return one == figure || more.contains(one);
  }

  /// What contenders are compared by.
  Figure figure() {
    return figure;
  }

  /// What is shown beside it.
  ImmutableList<Figure> more() {
    return more;
  }
}
