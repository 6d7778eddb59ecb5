package dev.sonde.bus;

import org.osgi.annotation.versioning.ConsumerType;

/// Something that happened: an immutable record that names its topic.
///
/// ```java
/// @Topic("com/acme/valve/OPENED")
/// public record ValveOpened(String valve, double litresPerMinute) implements Event {}
/// ```
///
/// **Shape.** An event class is a public or package-private [Record] annotated with [Topic]. Its
/// components are read by name when the event leaves the typed world: as properties of an OSGi
/// event, as JSON in the log, as state for a later version of the class. They may be primitives,
/// strings, enums, [java.time.Instant], [java.time.Duration], [java.net.InetAddress], [Bytes],
/// [java.util.Optional], lists, maps with string keys, classes with a `public static T
/// parse(String)` that reads what their `toString()` writes, and records of all these. Anything
/// else is written with its `toString()` and cannot be read back.
///
/// **Immutability.** One instance reaches every handler, each on a thread of its own. A record with
/// mutable components breaks that for everybody; copy lists with `List.copyOf` and carry bytes as
/// [Bytes].
///
/// **Families.** Related events share a sealed interface in their package, so that a handler can
/// `switch` over it without a default. A family that others extend is not sealed. Adding a record
/// to a sealed family, or a component to a record, is a major version of the package.
@ConsumerType
public interface Event {

  /// The bytes that this event keeps alive beyond its own few fields, for inboxes that are bounded
  /// in bytes ([Subscription#capacityBytes]). An event that carries payload returns its length;
  /// others leave the default.
  ///
  /// Asked once, on the publisher's thread, before the event has a sequence. What it throws goes to
  /// the publisher, and nothing is published.
  ///
  /// @return the payload's length in bytes; less than 0 counts as 0
  default int payloadBytes() {
    return 0;
  }
}
