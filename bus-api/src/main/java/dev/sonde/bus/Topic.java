package dev.sonde.bus;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;

/// Names the topic of an [Event] record.
///
/// A topic is written as OSGi Event Admin defines it: tokens of ASCII letters, digits, `_` and `-`,
/// joined by `/`. By convention the last token is in capitals and says what happened
/// (`sonde/network/dns/QUERY`); the tokens before it say where. Platform topics begin with
/// `sonde/`; everybody else begins with a domain name turned round (`com/acme/valve/OPENED`).
///
/// When a bundle is built with bnd, each annotated record also becomes a `dev.sonde.event`
/// capability in its manifest. That is how the bus finds the record for a topic that arrives as
/// text: from a plain OSGi bundle, or from `bus:post` in the shell.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Capability(namespace = Topic.CAPABILITY, name = "${#value}", attribute = "class=${@class}")
public @interface Topic {

  /// The namespace of the capability that bnd writes for each annotated record.
  String CAPABILITY = "dev.sonde.event";

  /// The topic.
  ///
  /// @return tokens joined by `/`, for example `sonde/network/dns/QUERY`
  String value();

  /// The record component that tells things of this topic apart, if there are several: the name of
  /// the interface, the number of the valve. [Overflow#LATEST] and [#retained] then keep one event
  /// per key instead of one per topic. Keys are compared as text (`toString()`).
  ///
  /// @return the name of a record component, or the empty string for none
  String key() default "";

  /// Whether the bus keeps the last event of this topic (and [#key]) for subscriptions that ask for
  /// it with [Subscription#withLast]. What MQTT calls retained. It is kept whoever published it and
  /// whether or not anybody listens, until the next one takes its place, its record's bundle is
  /// updated, refreshed or uninstalled, or the device stops. The bus keeps at most 1,024 such
  /// events and then forgets the one that was published longest ago.
  ///
  /// {@snippet class="dev.sonde.examples.WithLastTest" region="retained" :
  /// @Topic(value = "com/acme/valve/LEVEL", key = "valve", retained = true)
  /// public record Level(String valve, int percent) implements Event {}
  /// }
  ///
  /// @return true to keep the last event
  boolean retained() default false;
}
