package dev.sonde.benchmarks.bus;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.EnumSet;
import java.util.Map;

/// The contenders by name.
enum Contenders {
  /// Sonde, typed.
  SONDE("sonde"),
  /// Sonde's EventAdmin, between plain bundles.
  SONDE_EVENT_ADMIN("sonde-eventadmin"),
  /// Felix EventAdmin at its fastest: without the time-out by which it finds hanging handlers.
  FELIX_T0("felix-t0"),
  /// Felix EventAdmin as it comes.
  FELIX_DEFAULT("felix-default"),
  /// Equinox EventAdmin.
  EQUINOX("equinox"),
  /// The local event bus of Vert.x.
  VERTX("vertx"),
  /// Guava's AsyncEventBus.
  GUAVA("guava"),
  /// LMAX Disruptor with its blocking wait strategy.
  DISRUPTOR("disruptor"),
  /// No bus: what the loop itself takes.
  DIRECT("direct");

  private static final String FELIX_TIMEOUT = "org.apache.felix.eventadmin.Timeout";

  private final String label;

  Contenders(String label) {
    this.label = label;
  }

  /// All that events of any kind are published on.
  static ImmutableSet<Contenders> buses() {
    return Sets.immutableEnumSet(EnumSet.complementOf(EnumSet.of(SONDE_EVENT_ADMIN, DIRECT)));
  }

  /// The implementations of EventAdmin.
  static ImmutableSet<Contenders> eventAdmins() {
    return Sets.immutableEnumSet(SONDE_EVENT_ADMIN, FELIX_T0, FELIX_DEFAULT, EQUINOX);
  }

  /// Whether Sonde is compared with it.
  boolean isPeer() {
    return this != SONDE && this != SONDE_EVENT_ADMIN && this != DIRECT;
  }

  /// Starts it.
  Contender open(Shape shape) {
    return switch (this) {
      case SONDE -> new SondeContender();
      case SONDE_EVENT_ADMIN -> new EventAdminContender("sonde", SondeContender.PROPERTIES);
      case FELIX_T0 -> new EventAdminContender("felix", Map.of(FELIX_TIMEOUT, "0"));
      case FELIX_DEFAULT -> new EventAdminContender("felix", Map.of());
      case EQUINOX -> new EventAdminContender("equinox", Map.of());
      case VERTX -> new VertxContender();
      case GUAVA -> new GuavaContender();
      case DISRUPTOR -> new DisruptorContender(shape.publishers() > 1);
      case DIRECT -> new DirectContender();
    };
  }

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
