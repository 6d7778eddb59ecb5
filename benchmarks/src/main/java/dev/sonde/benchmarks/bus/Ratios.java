package dev.sonde.benchmarks.bus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The figures that the run is about, by name: how many times better Sonde is than a peer, and a
/// few of its own. One that could not be found, since runs were void, is there without a value.
final class Ratios {

  private final Measurements measurements;
  private final Map<String, Optional<Median>> byName = new LinkedHashMap<>();

  private Ratios(Measurements measurements) {
    this.measurements = measurements;
  }

  static Map<String, Optional<Median>> of(Measurements measurements) {
    Ratios ratios = new Ratios(measurements);
    for (Shape shape : Shape.values()) {
      ratios.compare(shape);
    }
    ratios.addOwn();
    return ratios.byName;
  }

  private void compare(Shape shape) {
    Figure figure = shape.kind().figure();
    for (Contenders peer : shape.contenders()) {
      if (peer.isPeer() && shape.kind() != Kind.IDLE) {
        String name = "bus." + shape.label() + figure.suffix() + ".vs-" + peer.label();
        addRatio(name, new Work(shape, shape.ours()), new Work(shape, peer), figure);
      }
    }
  }

  private void addOwn() {
    Work hanging = new Work(Shape.HANGING, Contenders.SONDE);
    Work returning = new Work(Shape.RETURNING, Contenders.SONDE);
    Work none = new Work(Shape.ONE_TO_FOUR, Contenders.SONDE);
    addRatio("bus.hung-handler", hanging, returning, Figure.RATE);
    addRatio("bus.hung-handler.vs-none", hanging, none, Figure.RATE);
    addFigure("bus.bytes-per-event", none, Figure.BYTES);
    Work plainly = new Work(Shape.ADMIN_ONE_TO_FOUR, Contenders.SONDE_EVENT_ADMIN);
    Work besideHanging = new Work(Shape.ADMIN_HANGING, Contenders.SONDE_EVENT_ADMIN);
    addRatio("bus.eventadmin.hung-handler", besideHanging, plainly, Figure.RATE);
    addFigure("bus.eventadmin.bytes-per-event", plainly, Figure.BYTES);
    addFigure("bus.idle-cpu-percent", new Work(Shape.IDLE, Contenders.SONDE), Figure.CPU);
  }

  private void addRatio(String name, Work ours, Work theirs, Figure figure) {
    if (ran(ours) && ran(theirs)) {
      byName.put(name, measurements.ratio(ours, theirs, figure));
    }
  }

  private void addFigure(String name, Work work, Figure figure) {
    if (ran(work)) {
      byName.put(name, measurements.median(work, figure));
    }
  }

  private boolean ran(Work work) {
    return !measurements.of(work).isEmpty();
  }
}
