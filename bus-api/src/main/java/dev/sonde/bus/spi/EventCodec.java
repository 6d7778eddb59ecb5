package dev.sonde.bus.spi;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import java.util.Map;
import java.util.SortedMap;
import org.osgi.annotation.versioning.ProviderType;

/// Turns records into names and values, and back. An OSGi service; all methods may be called from
/// any thread.
///
/// The forms of values, in properties and in JSON:
///
/// | component | property | JSON |
/// |---|---|---|
/// | primitive, box, string | itself | number, boolean, string |
/// | enum | its name | string |
/// | `Instant`, `Duration`, `InetAddress`, `Path` | its text | string |
/// | a class with `public static T parse(String)` | its `toString()` | string |
/// | `Bytes` | `byte[]` | string, base64 (RFC 4648 §4) |
/// | `Optional` | its value, or absent | its value, or absent |
/// | list, set | `List` | array |
/// | map with string keys | `Map` | object |
/// | record | `Map` | object |
/// | `NaN`, infinities | itself | string |
/// | anything else | its `toString()` | string |
@ProviderType
public interface EventCodec {

  /// A record's components as plain values, which refer to no class of the record's bundle.
  ///
  /// @param record any record
  /// @return unmodifiable, in the order of declaration
  Map<String, Object> components(Record record);

  /// Builds a record from plain values. Names that the record does not have are left out.
  ///
  /// @param <R> the record
  /// @param type the record's class
  /// @param components plain values by component name
  /// @return the record
  /// @throws EventFormatException if a component is missing or its value does not fit; names the
  ///     component
  <R extends Record> R fromComponents(Class<R> type, Map<String, ?> components)
      throws EventFormatException;

  /// One line of JSON: `seq`, `time`, `topic`, `module`, `causedBy` if there is a cause, and
  /// `event` with the components.
  ///
  /// @param envelope what to write
  /// @return an object without line breaks
  String toJson(Envelope envelope);

  /// Any plain value as JSON, in one line.
  ///
  /// @param value as [#components] gives it
  /// @return JSON without line breaks
  String valueToJson(Object value);

  /// Reads the components of an event, as [#toJson] writes them under `event`.
  ///
  /// @param topic a topic; if no record is known for it, the result is a [dev.sonde.bus.PlainEvent]
  /// @param json an object
  /// @return the event
  /// @throws EventFormatException if it is no JSON, does not fit the topic's record, or has names
  ///     that the record does not
  Event fromJson(String topic, String json) throws EventFormatException;

  /// The topics for which a record is known: those that installed bundles declare.
  ///
  /// @return topic and the name of the record's class; a copy
  SortedMap<String, String> knownTopics();
}
