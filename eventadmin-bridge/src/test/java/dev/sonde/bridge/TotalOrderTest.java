package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Source;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Task;
import dev.sonde.bus.spi.HostedModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One order for all: many publishers, some of them handlers, and subscribers of every kind that
/// come and go meanwhile.
class TotalOrderTest {

  private static final int THREADS = 3;
  private static final int PUBLISHERS = THREADS + 2;

  private final Device device = new Device();
  private final Ledger ledger = new Ledger();
  private final List<Witness> witnesses = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    device.close();
  }

  /// One module: the order in which its handlers were entered, and what each of them heard.
  private final class Witness {
    private final String name;
    private final List<Tap> taps = new CopyOnWriteArrayList<>();
    private final Queue<Long> order = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    Witness(String name) {
      this.name = name;
      witnesses.add(this);
    }

    Tap open(ModuleContext context, Traffic.Shape shape, String nameOfInbox) {
      Tap tap = new Tap(name + " " + nameOfInbox, shape);
      taps.add(tap);
      // Not through the context: a mark within a handler would be caused by what it handles.
      tap.notBefore = ledger.mark(device::publish);
      tap.inbox =
          context.on(
              shape.subscription().named(nameOfInbox).capacity(1 << 20),
              (event, at) -> {
                tap.heard.add(at);
                order.add(at.sequence());
                count.incrementAndGet();
              });
      tap.from = ledger.mark(device::publish);
      return tap;
    }

    HostedModule start(Traffic.Shape... shapes) {
      return device.module(
          name,
          context -> {
            for (Traffic.Shape shape : shapes) {
              Tap _ = open(context, shape, shape.name());
            }
          });
    }
  }

  /// One subscription and what it heard. It was open between marks: it must have heard everything
  /// between [#from] and [#until], and nothing up to [#notBefore] or from [#notAfter] on.
  private final class Tap {
    private final String name;
    private final Traffic.Shape shape;
    private final Queue<Envelope> heard = new ConcurrentLinkedQueue<>();
    private Inbox inbox;
    private long notBefore;
    private long from;
    private long until = Long.MAX_VALUE;
    private long notAfter = Long.MAX_VALUE;

    Tap(String name, Traffic.Shape shape) {
      this.name = name;
      this.shape = shape;
    }

    void close() {
      until = ledger.mark(device::publish);
      inbox.close();
      notAfter = ledger.mark(device::publish);
    }

    boolean isSure(long sequence) {
      return sequence > from && sequence < until;
    }

    void check(Ledger.Sent[] sent) {
      long last = notBefore;
      long sure = 0;
      for (Envelope at : heard) {
        Ledger.Sent original = sent[(int) (at.sequence() - sent[0].sequence())];
        if (at.sequence() <= last
            || at.sequence() >= notAfter
            || at.event() != original.event()
            || at.causedBy() != original.cause()
            || !shape.matches(at.topic())) {
          throw new AssertionError(
              name
                  + ", after "
                  + last
                  + ": "
                  + at
                  + " caused by "
                  + at.causedBy()
                  + ", but "
                  + original
                  + "; open until "
                  + notAfter);
        }
        last = at.sequence();
        sure += isSure(last) ? 1 : 0;
      }
      long expected = 0;
      for (Ledger.Sent one : sent) {
        expected += isSure(one.sequence()) && shape.matches(one.topic()) ? 1 : 0;
      }
      assertThat(sure).as("heard by %s between %d and %d", name, from, until).isEqualTo(expected);
    }
  }

  /// In flight: how many events may be on their way. With few of them every module runs dry and
  /// wakes up again all the time; with many of them all inboxes are deep.
  @ParameterizedTest
  @CsvSource({"1, 8, 4000", "2, 64, 8000", "3, 1000000, 12000"})
  void shouldGiveOneOrderToAllHoweverTheyListen(long seed, int inFlight, int each) {
    CountDownLatch published = new CountDownLatch(PUBLISHERS);
    new Witness("one-for-all").start(Traffic.Shape.ALL);
    new Witness("several")
        .start(
            Traffic.Shape.RECORD,
            Traffic.Shape.TOPIC,
            Traffic.Shape.PLAIN,
            Traffic.Shape.INNER_FAMILY);
    new Witness("overlapping")
        .start(Traffic.Shape.ALL, Traffic.Shape.FAMILY, Traffic.Shape.PREFIX, Traffic.Shape.MIXED);
    new Witness("families")
        .start(Traffic.Shape.FAMILY, Traffic.Shape.TYPES, Traffic.Shape.PLAIN_TOPIC);
    new Witness("every").start(Traffic.Shape.values());
    new Witness("part").start(Traffic.Shape.ALL_BUT);
    nesting();
    echoing("echo-red", 100, Traffic.Shape.RECORD);
    echoing("echo-colour", 101, Traffic.Shape.PREFIX);
    Semaphore room = throttle(inFlight);

    Together threads =
        Together.start(
            THREADS,
            p ->
                publishAll(
                    device::publish,
                    new SplittableRandom(seed * 31 + p),
                    p,
                    each,
                    room,
                    published));
    forking(new SplittableRandom(seed * 31 + THREADS), THREADS, each, room, published);
    pulsing(new SplittableRandom(seed * 31 + THREADS + 1), THREADS + 1, each, room, published);
    Together visitors =
        Together.start(
            2, v -> visit(new SplittableRandom(seed * 31 + 1000 + v), "visitor-" + v, published));
    threads.join();
    Awaiting.latch(published);
    visitors.join();
    device.awaitQuiet();

    Ledger.Sent[] sent = ledger.inOrder();
    Traffic.checkOrderOfPublishers(sent);
    for (Witness witness : witnesses) {
      assertThat(new ArrayList<>(witness.order)).as("order at %s", witness.name).isSorted();
      witness.taps.forEach(tap -> tap.check(sent));
    }
  }

  @Test
  void shouldHaveAddedTheEventEverywhereWhenPublishReturns() {
    CountDownLatch gate = new CountDownLatch(1);
    List<Inbox> own = new CopyOnWriteArrayList<>();
    List<Inbox> all = new CopyOnWriteArrayList<>();
    for (String name : List.of("held-1", "held-2")) {
      device.module(
          name,
          context -> {
            for (Class<? extends Traffic> type :
                List.of(Traffic.Red.class, Traffic.Green.class, Traffic.Blue.class)) {
              own.add(
                  context.on(
                      Subscription.to(type).capacity(name.endsWith("1") ? 7 : 1 << 20),
                      (event, at) -> gate.await()));
            }
            all.add(context.on(Subscription.of("all").topics("*"), (event, at) -> gate.await()));
          });
    }
    Together.run(
        3,
        p -> {
          for (int i = 0; i < 20_000; i++) {
            var _ =
                device.publish(
                    switch (p) {
                      case 0 -> new Traffic.Red(p, i);
                      case 1 -> new Traffic.Green(p, i);
                      default -> new Traffic.Blue(p, i);
                    });
            if (own.get(p).counts().matched() != i + 1
                || own.get(p + 3).counts().matched() != i + 1
                || all.get(i % 2).counts().matched() <= i) {
              throw new AssertionError("Publisher " + p + " returned before all had " + i);
            }
          }
        });
    gate.countDown();
    device.awaitQuiet();
    assertThat(own.get(3).counts().delivered()).isEqualTo(20_000);
  }

  private Semaphore throttle(int inFlight) {
    Semaphore room = new Semaphore(inFlight);
    device.module(
        "throttle",
        context ->
            context.on(
                Subscription.to(Traffic.class).capacity(1 << 20),
                (event, at) -> {
                  if (!(event instanceof Traffic.Echo)) {
                    room.release();
                  }
                }));
    return room;
  }

  private void publishAll(
      ToLongFunction<Event> bus,
      RandomGenerator random,
      int publisher,
      int each,
      Semaphore room,
      CountDownLatch done) {
    for (int i = 0; i < each; i++) {
      publishOne(bus, random, publisher, i, room);
    }
    done.countDown();
  }

  private void publishOne(
      ToLongFunction<Event> bus,
      RandomGenerator random,
      int publisher,
      int number,
      Semaphore room) {
    Event event = Traffic.random(random, publisher, number);
    if (event instanceof Traffic) {
      Awaiting.permit(room);
    }
    ledger.publish(bus, event, 0);
  }

  private void forking(
      RandomGenerator random, int publisher, int each, Semaphore room, CountDownLatch done) {
    ModuleContext context = device.context("forking");
    context.fork(
        "source",
        new Source() {
          @Override
          public void run() {
            publishAll(context::publish, random, publisher, each, room, done);
          }

          @Override
          public void cancel() {}
        });
  }

  /// A module that publishes on its own thread, between the events that it handles but not because
  /// of them.
  private void pulsing(
      RandomGenerator random, int publisher, int each, Semaphore room, CountDownLatch done) {
    AtomicInteger number = new AtomicInteger();
    device.module(
        "pulsing",
        context -> {
          context.on(Subscription.to(Traffic.Red.class).capacity(1 << 20), (red, at) -> {});
          context.execute(
              new Task() {
                @Override
                public void run() {
                  publishOne(context::publish, random, publisher, number.getAndIncrement(), room);
                  if (number.get() < each) {
                    context.execute(this);
                  } else {
                    done.countDown();
                  }
                }
              });
        });
  }

  /// A module whose handler publishes; what it publishes comes after what it heard, everywhere.
  private void echoing(String name, int publisher, Traffic.Shape shape) {
    AtomicInteger number = new AtomicInteger();
    device.module(
        name,
        context ->
            context.on(
                shape.subscription().capacity(1 << 20),
                (event, at) ->
                    ledger.publish(
                        context::publish,
                        new Traffic.Echo(publisher, number.getAndIncrement()),
                        at.sequence())));
  }

  /// A module that subscribes, and closes, inside a handler.
  private void nesting() {
    Witness witness = new Witness("nesting");
    List<Tap> open = new ArrayList<>();
    AtomicInteger heard = new AtomicInteger();
    device.module(
        witness.name,
        context ->
            context.on(
                Subscription.to(Traffic.Red.class).capacity(1 << 20),
                (red, at) -> {
                  witness.order.add(at.sequence());
                  int n = heard.incrementAndGet();
                  if (n % 100 == 0) {
                    open.forEach(Tap::close);
                    open.clear();
                    Traffic.Shape[] shapes = Traffic.Shape.values();
                    open.add(witness.open(context, shapes[n / 100 % shapes.length], "nested-" + n));
                  }
                }));
  }

  /// Modules that come, stay for a while, and go, until everything is published.
  private void visit(RandomGenerator random, String name, CountDownLatch published) {
    Traffic.Shape[] shapes = Traffic.Shape.values();
    for (int visit = 0; published.getCount() > 0; visit++) {
      Witness witness = new Witness(name + "-" + visit);
      int shape = random.nextInt(shapes.length - 1);
      HostedModule hosted = witness.start(shapes[shape], shapes[shape + 1]);
      int stay = random.nextInt(1_000);
      Awaiting.until(
          "heard something", () -> witness.count.get() >= stay || published.getCount() == 0);
      if (random.nextBoolean()) {
        witness.taps.forEach(Tap::close);
        assertThat(hosted.stop(false, Device.DEADLINE)).isEqualTo(HostedModule.Stopped.CLEANLY);
      } else {
        witness.taps.forEach(tap -> tap.until = ledger.mark(device::publish));
        assertThat(hosted.stop(false, Device.DEADLINE)).isEqualTo(HostedModule.Stopped.CLEANLY);
        witness.taps.forEach(tap -> tap.notAfter = ledger.mark(device::publish));
      }
    }
  }
}
