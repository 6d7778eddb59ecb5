package dev.sonde.bridge.shell;

import dev.sonde.bridge.Bus;
import dev.sonde.bridge.Listening;
import dev.sonde.bridge.codec.Codec;
import dev.sonde.bridge.codec.NearMiss;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.spi.Colours;
import dev.sonde.bus.spi.EventFormatException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/// What the shell offers of the bus. Used only where [#API] is visible.
public final class BusCommands {

  /// What the commands can not be called without.
  public static final String API = "org.apache.felix.service.command.CommandSession";

  private static final AtomicInteger TAPS = new AtomicInteger();

  private final Bus bus;
  private final Codec codec;
  private final BusFigures figures;

  BusCommands(Bus bus, Codec codec) {
    this.bus = bus;
    this.codec = codec;
    this.figures = new BusFigures(bus, System::nanoTime);
  }

  /// Offers the commands.
  ///
  /// @param onStop receives what takes them back
  public static void register(
      BundleContext context, Bus bus, Codec codec, Consumer<Runnable> onStop) {
    ServiceRegistration<BusCommands> registration =
        context.registerService(
            BusCommands.class,
            new BusCommands(bus, codec),
            FrameworkUtil.asDictionary(
                Map.of(
                    "osgi.command.scope",
                    "bus",
                    "osgi.command.function",
                    new String[] {"topics", "tap", "post", "stats"})));
    onStop.accept(registration::unregister);
  }

  /// Lists the topics that installed bundles declare.
  ///
  /// @throws Exception if help fails
  @Descriptor("lists the topics for which a record is known")
  public void topics(
      CommandSession session,
      @Descriptor("explain the command")
          @Parameter(
              names = {"-h", "--help"},
              presentValue = "true",
              absentValue = "false")
          boolean help)
      throws Exception {
    if (help) {
      explain(session, "topics");
      return;
    }
    PrintStream out = session.getConsole();
    Colours colours = Terminals.colours(session);
    codec
        .knownTopics()
        .forEach(
            (topic, type) ->
                out.printf(
                    "%s %s%n",
                    colours.name(String.format("%-38s", topic)), colours.aside(simpleName(type))));
  }

  private static void explain(CommandSession session, String command) throws Exception {
    var _ = session.execute("sonde:help bus:" + command);
  }

  private static String simpleName(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  /// Explains itself.
  ///
  /// @throws Exception if help fails
  @Descriptor("explains the command")
  public void tap(
      CommandSession session,
      @Descriptor("explain the command")
          @Parameter(
              names = {"-h", "--help"},
              presentValue = "true",
              absentValue = "false")
          boolean help)
      throws Exception {
    explain(session, "tap");
  }

  /// Shows events as they are published.
  @Descriptor("shows events as they are published, until Ctrl-C")
  public void tap(
      CommandSession session,
      @Descriptor("print JSON, one object a line")
          @Parameter(
              names = {"-j", "--json"},
              presentValue = "true",
              absentValue = "false")
          boolean json,
      @Descriptor("end after so many events; 0 for no end")
          @Parameter(
              names = {"-n", "--count"},
              absentValue = "0")
          long count,
      @Descriptor("topics: a/b, a/b/* or *") String pattern) {
    if (pattern.startsWith("-")) {
      throw new IllegalArgumentException(
          "bus:tap has no option " + pattern + "; bus:tap --help shows those that it has");
    }
    if (count < 0) {
      throw new IllegalArgumentException("--count " + count + " is less than 0, which is for ever");
    }
    PrintStream out = session.getConsole();
    Colours colours = Terminals.colours(session);
    CountDownLatch done = new CountDownLatch(1);
    AtomicLong left = new AtomicLong(count == 0 ? Long.MAX_VALUE : count);
    Subscription<Event> subscription =
        Subscription.of("tap " + pattern)
            .topics(pattern)
            .onLagged(
                missed ->
                    out.println(colours.warning("… " + missed + " missed: the tap was too slow")));
    Listening tap =
        Listening.open(
            bus,
            "tap-" + TAPS.incrementAndGet(),
            subscription,
            (event, at) -> {
              if (left.getAndDecrement() > 0) {
                out.println(json ? codec.toJson(at) : line(at, colours));
                out.flush();
              }
              if (left.get() <= 0 || out.checkError()) {
                done.countDown();
              }
            });
    try {
      done.await();
    } catch (InterruptedException e) {
      // Ctrl-C, which is how it ends.
    } finally {
      tap.close();
    }
  }

  private static String line(Envelope at, Colours colours) {
    StringBuilder line = new StringBuilder();
    line.append(colours.aside(at.time().toString())).append("  ");
    line.append(colours.name(at.topic())).append("  ").append(at.module());
    for (Map.Entry<String, Object> component : Codec.componentsOf(at.event()).entrySet()) {
      Object value = component.getValue();
      line.append("  ").append(colours.aside(component.getKey() + '='));
      line.append(value instanceof byte[] bytes ? bytes.length + " bytes" : printable(value));
    }
    return line.toString();
  }

  /// What a packet carries must not steer the terminal.
  private static String printable(Object value) {
    StringBuilder text = new StringBuilder();
    String.valueOf(value)
        .codePoints()
        .forEach(c -> text.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c));
    return text.toString();
  }

  /// Explains itself.
  ///
  /// @throws Exception if help fails
  @Descriptor("explains the command")
  public void post(
      CommandSession session,
      @Descriptor("explain the command")
          @Parameter(
              names = {"-h", "--help"},
              presentValue = "true",
              absentValue = "false")
          boolean help)
      throws Exception {
    explain(session, "post");
  }

  /// Publishes an event.
  ///
  /// @return its sequence
  /// @throws EventFormatException if it does not fit the topic's record
  /// @throws IllegalArgumentException if the topic may be misspelt
  @Descriptor("publishes an event, typed where a record is known for its topic")
  public String post(
      @Descriptor("publish even if the topic is none of bus:topics, but like one of them")
          @Parameter(
              names = {"-p", "--plain"},
              presentValue = "true",
              absentValue = "false")
          boolean plain,
      @Descriptor("the topic, for example sonde/input/SWITCH") String topic,
      @Descriptor("the components as JSON, in quotes: '{\"key\": \"OK\"}'") String json)
      throws EventFormatException {
    Set<String> known = codec.knownTopics().keySet();
    if (!plain && !known.contains(topic)) {
      refuseNearMiss(topic, known);
    }
    Event event = codec.fromJson(topic, json);
    String sequence = "published as " + bus.publish("shell", event, Envelope.NO_CAUSE);
    return event instanceof PlainEvent
        ? sequence + ", untyped: no record is known for " + topic
        : sequence;
  }

  private static void refuseNearMiss(String topic, Set<String> known) {
    Optional<String> meant = NearMiss.of(topic, known);
    if (meant.isPresent()) {
      throw new IllegalArgumentException(
          "no record is known for topic "
              + topic
              + "; did you mean "
              + meant.get()
              + "? bus:topics lists them, --plain publishes it all the same");
    }
  }

  /// Shows every subscription's account.
  ///
  /// @return a table, or JSON; null after help
  /// @throws Exception if there is no such order, or help fails
  @Descriptor("shows what each subscription received, missed and waits for, and how fast")
  public @Nullable String stats(
      CommandSession session,
      @Descriptor("explain the command")
          @Parameter(
              names = {"-h", "--help"},
              presentValue = "true",
              absentValue = "false")
          boolean help,
      @Descriptor("one JSON object instead of a table")
          @Parameter(
              names = {"-j", "--json"},
              presentValue = "true",
              absentValue = "false")
          boolean json,
      @Descriptor("what comes first: most by rate, missed, waiting, or busy: the slowest handler")
          @Parameter(
              names = {"-b", "--by"},
              absentValue = "rate")
          String by,
      @Descriptor("only so many subscriptions; 0 for all")
          @Parameter(
              names = {"-n", "--top"},
              absentValue = "0")
          int top)
      throws Exception {
    if (help) {
      explain(session, "stats");
      return null;
    }
    StatsTable.Order order = StatsTable.Order.of(by);
    BusFigures.Taken taken = figures.take();
    return json
        ? codec.valueToJson(StatsTable.values(taken, order, top))
        : StatsTable.text(taken, order, top, Terminals.colours(session));
  }
}
