package dev.sonde.bus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/// Which events a module wants, and how they wait for it. Immutable; every method returns a changed
/// copy.
///
/// ```java
/// context.on(Subscription.to(DnsEvent.class).capacity(64), (event, at) -> {});
/// context.on(Subscription.of("alerts").topics("sonde/alert/*").latest(), (event, at) -> {});
/// ```
///
/// **What matches.** A subscription names record types or sealed families ([#types]), topics and
/// prefixes ([#topics]), or several of each; an event that matches any of them arrives, once. `a/b`
/// is that topic alone; `a/b/*` is every topic below `a/b`, not `a/b` itself; `*` is everything. An
/// event that matches two subscriptions of one module arrives at each.
///
/// **Capacity.** At most [#capacity] events wait, exactly, besides the one that is being handled,
/// and at most [#capacityBytes] of payload. What happens beyond is the [Overflow] policy's choice;
/// [#onLagged] tells how many went. The inbox is the subscription's own: floods that it did not ask
/// for take no room in it.
///
/// **Identity.** When a module is updated, its inboxes are kept and go on filling, by the policy
/// and within the capacity that they have, until the next version has started or the device's grace
/// time is over (ten minutes unless it is set otherwise). The new version's subscription takes over
/// the inbox of the same name; without a name, the one with the same types and topics. Name those
/// whose types may change. From then on the new capacity and policy hold: what waits and has no
/// room goes, and is counted and told as always. Events whose record was replaced with the bundle
/// are rebuilt as the new record of their topic, by component name; those that can not be are
/// counted as incompatible and told. Those that the new subscription does not ask for any more
/// (fewer types or topics, another [#except]) are not delivered; they are counted as expired and
/// not told, for nobody misses them.
///
/// @param <E> the type of events that the handler receives
public final class Subscription<E extends Event> {

  /// How many events wait if nothing else is said.
  public static final int DEFAULT_CAPACITY = 1024;

  /// How many bytes of payload wait if nothing else is said: 4 MiB.
  public static final long DEFAULT_CAPACITY_BYTES = 4L << 20;

  private final String name;
  private final Set<Class<? extends Event>> types;
  private final Set<String> topics;
  private final Set<String> exceptions;
  private final int capacity;
  private final long capacityBytes;
  private final Overflow overflow;
  private final boolean withLast;
  private final boolean pacing;
  private final boolean relaxed;
  private final LongConsumer onLagged;

  private Subscription(Draft draft) {
    this.name = draft.name;
    this.types = Collections.unmodifiableSet(draft.types);
    this.topics = Collections.unmodifiableSet(draft.topics);
    this.exceptions = Collections.unmodifiableSet(draft.exceptions);
    this.capacity = draft.capacity;
    this.capacityBytes = draft.capacityBytes;
    this.overflow = draft.overflow;
    this.withLast = draft.withLast;
    this.pacing = draft.pacing;
    this.relaxed = draft.relaxed;
    this.onLagged = draft.onLagged;
  }

  /// All events of one type: a record, a sealed family, or any interface that events implement.
  ///
  /// @param <E> the type
  /// @param type the type
  /// @return a subscription with the defaults
  public static <E extends Event> Subscription<E> to(Class<E> type) {
    Draft draft = new Draft();
    draft.types.add(Objects.requireNonNull(type, "type"));
    return new Subscription<>(draft);
  }

  /// A named subscription to nothing yet; say to what with [#types] and [#topics].
  ///
  /// @param name unique within the module; what the shell shows and what keeps the inbox across an
  ///     update
  /// @return a subscription with the defaults
  /// @throws IllegalArgumentException if the name is blank
  public static Subscription<Event> of(String name) {
    return new Subscription<Event>(new Draft()).named(name);
  }

  /// Adds types. Those that the handler can not take do not compile.
  ///
  /// @param more records, sealed families, or interfaces that events implement
  /// @return the changed copy
  @SafeVarargs
  public final Subscription<E> types(Class<? extends E>... more) {
    Draft draft = new Draft(this);
    for (Class<? extends E> type : more) {
      draft.types.add(Objects.requireNonNull(type, "type"));
    }
    return new Subscription<>(draft);
  }

  /// Adds topics and prefixes, as described above. Topics carry events of any type, so the handler
  /// takes [Event].
  ///
  /// @param patterns `a/b`, `a/b/*` or `*`
  /// @return the changed copy
  /// @throws IllegalArgumentException if one is no topic and no prefix
  public Subscription<Event> topics(String... patterns) {
    Draft draft = new Draft(this);
    for (String pattern : patterns) {
      draft.topics.add(TopicPattern.of(pattern).toString());
    }
    return new Subscription<>(draft);
  }

  /// Takes topics and prefixes out again: an event on one of them does not match, whatever else is
  /// said. A logger of everything leaves out raw packets this way, and the source of packets then
  /// knows that nobody wants them.
  ///
  /// @param patterns `a/b` or `a/b/*`
  /// @return the changed copy
  /// @throws IllegalArgumentException if one is no topic and no prefix
  public Subscription<E> except(String... patterns) {
    Draft draft = new Draft(this);
    for (String pattern : patterns) {
      draft.exceptions.add(TopicPattern.of(pattern).toString());
    }
    return new Subscription<>(draft);
  }

  /// Gives it a name.
  ///
  /// @param newName unique within the module
  /// @return the changed copy
  /// @throws IllegalArgumentException if the name is blank
  public Subscription<E> named(String newName) {
    if (newName.isBlank()) {
      throw new IllegalArgumentException("The name of a subscription is blank; give it a word");
    }
    Draft draft = new Draft(this);
    draft.name = newName;
    return new Subscription<>(draft);
  }

  /// How many events may wait, exactly.
  ///
  /// @param events from 1 to 1,048,576
  /// @return the changed copy
  /// @throws IllegalArgumentException if out of that range
  public Subscription<E> capacity(int events) {
    if (events < 1 || events > 1 << 20) {
      throw new IllegalArgumentException(
          "Capacity " + events + " is out of range; choose 1 to 1,048,576 events");
    }
    Draft draft = new Draft(this);
    draft.capacity = events;
    return new Subscription<>(draft);
  }

  /// How many bytes of payload ([Event#payloadBytes]) may wait, exactly. An event with more than
  /// that goes at once and makes no other go; by [#latest], the one before it then still waits.
  ///
  /// {@snippet class="dev.sonde.examples.LagTest" region="bytes" :
  /// device.start(
  ///     "line",
  ///     context -> {
  ///       context.on(
  ///           Subscription.to(Frame.class)
  ///               .capacityBytes(1_000)
  ///               .onLagged(missed -> heard.add(missed + " missed")),
  ///           (frame, at) -> heard.add(frame.payloadBytes()));
  ///       context.publish(new Frame(Bytes.copyOf(new byte[400])));
  ///       context.publish(new Frame(Bytes.copyOf(new byte[5_000]))); // could never fit: it goes
  ///       context.publish(new Frame(Bytes.copyOf(new byte[300])));
  ///       context.publish(new Frame(Bytes.copyOf(new byte[700]))); // 400 makes room for it
  ///     });
  /// device.awaitQuiet();
  /// assertThat(heard).containsExactly("2 missed", 300, 700);
  /// }
  ///
  /// @param bytes 1 or more
  /// @return the changed copy
  /// @throws IllegalArgumentException if less than 1
  public Subscription<E> capacityBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("Capacity of " + bytes + " bytes; choose 1 or more");
    }
    Draft draft = new Draft(this);
    draft.capacityBytes = bytes;
    return new Subscription<>(draft);
  }

  /// Lets new events go when there is no room, instead of the oldest ([Overflow#DROP_NEWEST]).
  ///
  /// @return the changed copy
  public Subscription<E> dropNewest() {
    Draft draft = new Draft(this);
    draft.overflow = Overflow.DROP_NEWEST;
    return new Subscription<>(draft);
  }

  /// Keeps only the newest event of each topic and key ([Overflow#LATEST]).
  ///
  /// @return the changed copy
  public Subscription<E> latest() {
    Draft draft = new Draft(this);
    draft.overflow = Overflow.LATEST;
    return new Subscription<>(draft);
  }

  /// First delivers the last event of each matching topic that the bus retains ([Topic#retained]),
  /// oldest first, then what is published from now on: none twice, none left out between, whoever
  /// publishes meanwhile.
  ///
  /// {@snippet class="dev.sonde.examples.WithLastTest" region="with-last" :
  /// device.publish(new Level("a", 10));
  /// device.publish(new Level("b", 20));
  /// device.publish(new Level("a", 11));
  ///
  /// device.start(
  ///     "screen",
  ///     context ->
  ///         context.on(Subscription.to(Level.class).withLast(), (level, at) -> heard.add(level)));
  /// device.publish(new Level("b", 21));
  /// device.awaitQuiet();
  /// assertThat(heard).containsExactly(new Level("b", 20), new Level("a", 11), new Level("b", 21));
  /// }
  ///
  /// They carry the envelope with which they were published, and take room in the inbox as others
  /// do: with less capacity than there are topics and keys, the policy decides. An inbox that
  /// is taken over from a former version gets those that it was not given yet, because they were
  /// published before it began, or on topics that the former version did not ask for; each at its
  /// place in the order of what waits. What the former version made of the others is its to leave
  /// behind ([ModuleContext#saveState]).
  ///
  /// @return the changed copy
  public Subscription<E> withLast() {
    Draft draft = new Draft(this);
    draft.withLast = true;
    return new Subscription<>(draft);
  }

  /// Makes sources that can wait ([EventBus#awaitRoom]) wait while more than half of the capacity,
  /// in events or in bytes, waits here, also while the module is being updated. Other publishers do
  /// not wait: the policy holds for what they publish.
  ///
  /// {@snippet class="dev.sonde.examples.PacingTest" region="pacing" :
  /// device.start(
  ///     "record",
  ///     context -> {
  ///       Subscription<Reading> paced = Subscription.to(Reading.class).capacity(16).pacing();
  ///       opened.set(context.on(paced, (reading, at) -> {}));
  ///     });
  /// device.start("replay", context -> context.fork("file", new Replay(context, replayed)));
  /// }
  ///
  /// @return the changed copy
  public Subscription<E> pacing() {
    Draft draft = new Draft(this);
    draft.pacing = true;
    return new Subscription<>(draft);
  }

  /// Lets events wait up to a millisecond, for less work: while events flow, the module is woken
  /// once a millisecond and handles what has come, instead of being woken for each. The millisecond
  /// is as exact as the timers of the system. The first event after a pause is handled at once. For
  /// whatever counts, stores or draws, in a module that does not answer.
  ///
  /// It is the module that is woken or not: this has an effect only if all of its subscriptions are
  /// relaxed, and then its timers and tasks may be late by a millisecond, too.
  ///
  /// {@snippet class="dev.sonde.examples.RelaxedTest" region="relaxed" :
  /// context.on(Subscription.to(Reading.class).relaxed(), this::add);
  /// }
  ///
  /// @return the changed copy
  public Subscription<E> relaxed() {
    Draft draft = new Draft(this);
    draft.relaxed = true;
    return new Subscription<>(draft);
  }

  /// Who is told what was missed. Called on the module's thread, before the next event of this
  /// subscription, with the number of events that were lost since it was last told: those that had
  /// no room, and those that were incompatible after an update. Superseded and expired ones are
  /// counted only. If no event follows, nothing is told; the loss is counted in any case.
  ///
  /// What it throws is treated as what a [Handler] throws, and the event is handled all the same.
  /// If it does not return and the module is abandoned, that event is counted as expired.
  ///
  /// @param missed receives 1 or more
  /// @return the changed copy
  public Subscription<E> onLagged(LongConsumer missed) {
    Draft draft = new Draft(this);
    draft.onLagged = Objects.requireNonNull(missed, "missed");
    return new Subscription<>(draft);
  }

  /// The name; if none was given, the types and topics in one fixed order.
  ///
  /// @return never blank
  public String name() {
    if (!name.isEmpty()) {
      return name;
    }
    List<String> parts = new ArrayList<>();
    types.forEach(type -> parts.add(type.getName()));
    parts.addAll(topics);
    Collections.sort(parts);
    exceptions.forEach(pattern -> parts.add("!" + pattern));
    return parts.isEmpty() ? "nothing" : String.join(" ", parts);
  }

  /// The types.
  ///
  /// @return unmodifiable
  public Set<Class<? extends Event>> types() {
    return types;
  }

  /// The topics and prefixes.
  ///
  /// @return unmodifiable, sorted
  public Set<String> topics() {
    return topics;
  }

  /// The topics and prefixes that do not match.
  ///
  /// @return unmodifiable, sorted
  public Set<String> exceptions() {
    return exceptions;
  }

  /// How many events may wait.
  ///
  /// @return 1 or more
  public int capacity() {
    return capacity;
  }

  /// How many bytes of payload may wait.
  ///
  /// @return 1 or more
  public long capacityBytes() {
    return capacityBytes;
  }

  /// What happens to an event without room.
  ///
  /// @return the policy
  public Overflow overflow() {
    return overflow;
  }

  /// Whether retained events come first.
  ///
  /// @return true after [#withLast()]
  public boolean wantsLast() {
    return withLast;
  }

  /// Whether sources that can wait do so for this subscription.
  ///
  /// @return true after [#pacing()]
  public boolean isPacing() {
    return pacing;
  }

  /// Whether events may wait for a millisecond.
  ///
  /// @return true after [#relaxed()]
  public boolean isRelaxed() {
    return relaxed;
  }

  /// Who is told what was missed.
  ///
  /// @return a consumer that does nothing if none was given
  public LongConsumer lagListener() {
    return onLagged;
  }

  @Override
  public String toString() {
    return name() + " (" + overflow + ", " + capacity + ")";
  }

  private static final class Draft {
    String name = "";
    final Set<Class<? extends Event>> types = new LinkedHashSet<>();
    final Set<String> topics = new TreeSet<>();
    final Set<String> exceptions = new TreeSet<>();
    int capacity = DEFAULT_CAPACITY;
    long capacityBytes = DEFAULT_CAPACITY_BYTES;
    Overflow overflow = Overflow.DROP_OLDEST;
    boolean withLast;
    boolean pacing;
    boolean relaxed;
    LongConsumer onLagged = Draft::tellNobody;

    Draft() {}

    private static void tellNobody(long missed) {}

    Draft(Subscription<?> from) {
      name = from.name;
      types.addAll(from.types);
      topics.addAll(from.topics);
      exceptions.addAll(from.exceptions);
      capacity = from.capacity;
      capacityBytes = from.capacityBytes;
      overflow = from.overflow;
      withLast = from.withLast;
      pacing = from.pacing;
      relaxed = from.relaxed;
      onLagged = from.onLagged;
    }
  }
}
