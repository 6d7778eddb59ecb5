package dev.sonde.benchmarks.bus;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;

/// Who publishes to whom, and who competes. But for `scale`, every subscriber gets every event.
enum Shape {
  ONE_TO_ONE("1to1", "1 publisher, 1 subscriber", Kind.PUBLISH, 1, 1, Contenders.buses()),
  ONE_TO_FOUR("1to4", "1 publisher, 4 subscribers", Kind.PUBLISH, 1, 4, withDirect()),
  ONE_TO_SIXTEEN("1to16", "1 publisher, 16 subscribers", Kind.PUBLISH, 1, 16, Contenders.buses()),
  FOUR_TO_FOUR(
      "4to4", "4 publishers on one topic, 4 subscribers", Kind.PUBLISH, 4, 4, Contenders.buses()),
  WILDCARD(
      "wildcard",
      "1 publisher, 4 subscribers to bench/*",
      Kind.PUBLISH,
      1,
      4,
      Sets.immutableEnumSet(Contenders.SONDE, Contenders.FELIX_T0)),
  RETURNING(
      "returning",
      "1 publisher, 4 subscribers, and a plain OSGi handler that returns at once",
      Kind.PUBLISH,
      1,
      4,
      Sets.immutableEnumSet(Contenders.SONDE)),
  HANGING(
      "hanging",
      "1 publisher, 4 subscribers, and a plain OSGi handler that never returns",
      Kind.PUBLISH,
      1,
      4,
      Sets.immutableEnumSet(Contenders.SONDE)),
  SCALE(
      "scale",
      "1 publisher, 100,000 topics, 1,000 subscribers with 100 of them each",
      Kind.SCALE,
      1,
      1000,
      Sets.immutableEnumSet(Contenders.SONDE, Contenders.FELIX_T0)),
  LATENCY(
      "latency",
      "1 publisher at 10,000 events/s, 1 subscriber; from publishing to the handler",
      Kind.LATENCY,
      1,
      1,
      Contenders.buses()),
  IDLE(
      "idle",
      "16 subscribers, 5 s without an event, after traffic",
      Kind.IDLE,
      1,
      16,
      withDirect()),
  ADMIN_ONE_TO_ONE(
      "eventadmin.1to1",
      "EventAdmin.postEvent: 1 publisher, 1 handler",
      Kind.PUBLISH,
      1,
      1,
      Contenders.eventAdmins()),
  ADMIN_ONE_TO_FOUR(
      "eventadmin.1to4",
      "EventAdmin.postEvent: 1 publisher, 4 handlers",
      Kind.PUBLISH,
      1,
      4,
      Contenders.eventAdmins()),
  ADMIN_FOUR_TO_FOUR(
      "eventadmin.4to4",
      "EventAdmin.postEvent: 4 publishers on one topic, 4 handlers",
      Kind.PUBLISH,
      4,
      4,
      Contenders.eventAdmins()),
  ADMIN_HANGING(
      "eventadmin.hanging",
      "EventAdmin.postEvent: 1 publisher, 4 handlers, and one that never returns",
      Kind.PUBLISH,
      1,
      4,
      Sets.immutableEnumSet(Contenders.SONDE_EVENT_ADMIN)),
  ADMIN_SEND(
      "eventadmin.send",
      "EventAdmin.sendEvent: 1 publisher, 4 handlers; it returns when they have",
      Kind.PUBLISH,
      1,
      4,
      Contenders.eventAdmins());

  private final String label;
  private final String title;
  private final Kind kind;
  private final int publishers;
  private final int subscribers;
  private final ImmutableSet<Contenders> contenders;

  Shape(
      String label,
      String title,
      Kind kind,
      int publishers,
      int subscribers,
      ImmutableSet<Contenders> contenders) {
    this.label = label;
    this.title = title;
    this.kind = kind;
    this.publishers = publishers;
    this.subscribers = subscribers;
    this.contenders = contenders;
  }

  private static ImmutableSet<Contenders> withDirect() {
    return Sets.union(Contenders.buses(), Sets.immutableEnumSet(Contenders.DIRECT)).immutableCopy();
  }

  /// Sonde, where this is measured of it.
  Contenders ours() {
    return contenders.contains(Contenders.SONDE) ? Contenders.SONDE : Contenders.SONDE_EVENT_ADMIN;
  }

  /// Whether a handler that never returns is there besides the subscribers.
  boolean hasHangingHandler() {
    return this == HANGING || this == ADMIN_HANGING;
  }

  /// Whether a plain handler is there besides the subscribers.
  boolean hasForeignHandler() {
    return hasHangingHandler() || this == RETURNING;
  }

  /// As it is written on the command line and in tables.
  String label() {
    return label;
  }

  /// Said above its table.
  String title() {
    return title;
  }

  Kind kind() {
    return kind;
  }

  int publishers() {
    return publishers;
  }

  int subscribers() {
    return subscribers;
  }

  ImmutableSet<Contenders> contenders() {
    return contenders;
  }

  /// What is subscribed to.
  String pattern() {
    return this == WILDCARD ? "bench/*" : Tick.TOPIC;
  }

  /// Idleness is no ratio, and does not ask for several rounds.
  boolean isRunIn(int round) {
    return round == 1 || kind != Kind.IDLE;
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
