package dev.sonde.bus;

import java.time.Instant;
import java.util.Objects;

/// What the bus knows about a published [Event]. Every delivery carries one; it is immutable and
/// shared by all handlers.
public final class Envelope {

  /// The value of [#causedBy] when the event was not published while another was being handled.
  public static final long NO_CAUSE = 0;

  private final long sequence;
  private final long causedBy;
  private final long epochMicros;
  private final int payloadBytes;
  private final String topic;
  private final String module;
  private final Event event;

  /// For tests of handlers: the payload is asked of the event.
  ///
  /// @param sequence position in the order of all events, from 1
  /// @param epochMicros when it was published, in microseconds since 1970-01-01T00:00:00Z
  /// @param topic the topic it was published on
  /// @param module the name of the module that published it
  /// @param causedBy sequence of the event that was being handled, or [#NO_CAUSE]
  /// @param event the event itself
  public Envelope(
      long sequence, long epochMicros, String topic, String module, long causedBy, Event event) {
    this(sequence, epochMicros, topic, module, causedBy, event, event.payloadBytes());
  }

  /// For the bus, which asks the event for its payload before it takes the sequence.
  ///
  /// @param sequence position in the order of all events, from 1
  /// @param epochMicros when it was published, in microseconds since 1970-01-01T00:00:00Z
  /// @param topic the topic it was published on
  /// @param module the name of the module that published it
  /// @param causedBy sequence of the event that was being handled, or [#NO_CAUSE]
  /// @param event the event itself
  /// @param payloadBytes what [Event#payloadBytes] said
  public Envelope(
      long sequence,
      long epochMicros,
      String topic,
      String module,
      long causedBy,
      Event event,
      int payloadBytes) {
    this.sequence = sequence;
    this.epochMicros = epochMicros;
    this.topic = Objects.requireNonNull(topic, "topic");
    this.module = Objects.requireNonNull(module, "module");
    this.causedBy = causedBy;
    this.event = Objects.requireNonNull(event, "event");
    this.payloadBytes = Math.max(0, payloadBytes);
  }

  /// The position in the one order of all events on this bus, counted from 1 since the bus started.
  /// Any two subscribers that both receive two events receive them in this order.
  ///
  /// @return 1 or more
  public long sequence() {
    return sequence;
  }

  /// When the event was published, by the wall clock, which may jump. What came before what is said
  /// by [#sequence] alone: events that two threads publish at once may have their times the other
  /// way round.
  ///
  /// @return the time, to the microsecond where the system's clock has it
  public Instant time() {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochMicros, 1_000_000L), Math.floorMod(epochMicros, 1_000_000L) * 1_000L);
  }

  /// [#time] as a number, without an object.
  ///
  /// @return microseconds since 1970-01-01T00:00:00Z
  public long epochMicros() {
    return epochMicros;
  }

  /// The topic on which the event was published.
  ///
  /// @return for example `sonde/network/dns/QUERY`
  public String topic() {
    return topic;
  }

  /// Who published it.
  ///
  /// @return the module's name; for a bundle that is no module, the name that its module would have
  ///     ([SondeModule#nameOf])
  public String module() {
    return module;
  }

  /// The event that its publisher was handling when it published this one, which is how answers
  /// find their question ([EventBus#ask]).
  ///
  /// @return a sequence, or [#NO_CAUSE]
  public long causedBy() {
    return causedBy;
  }

  /// The event.
  ///
  /// @return the very instance that was published
  public Event event() {
    return event;
  }

  /// What the event said of its payload when it was published.
  ///
  /// @return [Event#payloadBytes], 0 or more
  public int payloadBytes() {
    return payloadBytes;
  }

  @Override
  public String toString() {
    return sequence + " " + time() + " " + topic + " from " + module + ": " + event;
  }
}
