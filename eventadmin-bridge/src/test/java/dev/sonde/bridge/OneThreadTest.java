package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bridge.Device.Level;
import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Setting;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Source;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Timer;
import dev.sonde.bus.Topic;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.bus.spi.HostedModule.Stopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A module is one thread of control, whatever comes from however many threads, and what is due
/// comes before the next event.
class OneThreadTest {

  private static final int PUBLISHERS = 3;
  private static final int EACH = 40_000;

  /// All that a module does until it stops.
  private static final Set<String> WHILE_IT_RUNS =
      Set.of(
          "start",
          "number",
          "text",
          "lag",
          "level",
          "configuration",
          "period",
          "timer",
          "task",
          "answer");

  private final Device device = new Device();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch entered = new CountDownLatch(1);
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    gate.countDown();
    device.close();
  }

  @Topic("one/QUESTION")
  record Question(long number) implements Event {}

  @Topic("one/ANSWER")
  record Answer(long number) implements Event {}

  record Config(@Setting("0") int speed) {}

  /// A module that does everything that a module can do, and looks at each entrance whether it is
  /// alone.
  private static final class Everything implements SondeModule {
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicReference<Thread> thread = new AtomicReference<>();
    private final Map<String, AtomicInteger> entrances = new ConcurrentHashMap<>();
    private final AtomicReference<String> violation = new AtomicReference<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CountDownLatch mayStart = new CountDownLatch(1);
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private volatile ModuleContext context;

    /// Not atomic: threads that are not one would lose counts.
    private long plainCount;

    private void alone(String what) {
      boolean first = inside.incrementAndGet() == 1;
      thread.compareAndSet(null, Thread.currentThread());
      if (!first || thread.get() != Thread.currentThread() || stopped.get()) {
        violation.compareAndSet(null, what + " on " + Thread.currentThread());
      }
      if (!started.get() && !what.equals("start")) {
        violation.compareAndSet(null, what + " before start had returned");
      }
      plainCount++;
      entrances.computeIfAbsent(what, name -> new AtomicInteger()).incrementAndGet();
      if (plainCount % 64 == 0) {
        // Gives up the carrier, so that others could come in.
        Thread.yield();
      }
      inside.decrementAndGet();
    }

    @Override
    public void start(ModuleContext newContext) {
      context = newContext;
      context.on(Number.class, (number, at) -> onNumber(number));
      context.on(
          Subscription.of("texts")
              .topics("test/other/*")
              .capacity(4)
              .onLagged(missed -> alone("lag")),
          (text, at) -> alone("text"));
      context.on(Subscription.to(Level.class).latest(), (level, at) -> alone("level"));
      var _ = context.config(Config.class, config -> alone("configuration"));
      var _ = context.every(Duration.ofMillis(1), () -> alone("period"));
      context.execute(() -> alone("task"));
      context.after(Duration.ZERO, () -> alone("timer"));
      subscribed.countDown();
      Awaiting.latch(mayStart);
      alone("start");
      started.set(true);
    }

    private void onNumber(Number number) {
      alone("number");
      if (number.value() % 100 == 0) {
        var _ =
            context
                .ask(new Question(number.value()), Answer.class, Device.DEADLINE)
                .thenAccept(answer -> alone("answer"));
        var _ = context.after(Duration.ofNanos(number.value()), () -> alone("timer"));
      }
    }

    @Override
    public void stop() {
      alone("stop");
      stopped.set(true);
    }

    int count(String what) {
      return entrances.getOrDefault(what, new AtomicInteger()).get();
    }
  }

  @Test
  void shouldNeverRunTwoThingsOfAModuleAtOnce() {
    Everything everything = new Everything();
    device.module(
        "answering",
        context ->
            context.on(
                Subscription.to(Question.class).capacity(1 << 20),
                (question, at) -> context.publish(new Answer(question.number()))));
    HostedModule hosted = device.host("everything", everything);
    var starting = hosted.start();
    Awaiting.latch(everything.subscribed);
    Together publishers = Together.start(PUBLISHERS, p -> publish(everything, p));
    fork(everything.context);
    everything.mayStart.countDown();
    starting.toCompletableFuture().join();
    publishers.join();
    Awaiting.until("several periods", () -> everything.count("period") > 10);
    Awaiting.until("all tasks", () -> everything.count("task") >= PUBLISHERS * EACH / 40);
    // On a busy machine, what was lost to the flood may be all there was of one kind.
    Awaiting.until("one of each kind", () -> hasDone(everything));
    device.values.put("everything", Map.of("speed", "-1"));
    device.configurations.changed("everything");
    assertThat(hosted.stop(false, Device.DEADLINE)).isEqualTo(Stopped.CLEANLY);

    assertThat(everything.violation).hasValue(null);
    assertThat(everything.thread.get().getName()).isEqualTo("sonde-everything");
    assertThat(everything.thread.get().isVirtual()).isTrue();
    assertThat(everything.entrances.keySet())
        .containsAll(WHILE_IT_RUNS)
        .contains("stop")
        .hasSize(WHILE_IT_RUNS.size() + 1);
    assertThat(everything.plainCount)
        .isEqualTo(everything.entrances.values().stream().mapToInt(AtomicInteger::get).sum());
  }

  private boolean hasDone(Everything everything) {
    if (everything.entrances.keySet().containsAll(WHILE_IT_RUNS)) {
      return true;
    }
    for (int i = 0; i < 10; i++) {
      device.publish(new Text("text"));
    }
    device.publish(new Number(100));
    return false;
  }

  private void publish(Everything everything, int publisher) {
    for (int i = 0; i < EACH; i++) {
      switch (i % 4) {
        case 0 -> device.publish(new Text("text"));
        case 1 -> device.publish(new Level("valve", i));
        default -> device.publish(new Number(i));
      }
      if (i % 40 == 0) {
        executeOrRetry(everything);
      }
      if (i % 1_000 == 0) {
        device.values.put("everything", Map.of("speed", "" + (publisher * EACH + i)));
        device.configurations.changed("everything");
      }
    }
  }

  private static void executeOrRetry(Everything everything) {
    Awaiting.until(
        "room for a task",
        () -> {
          try {
            everything.context.execute(() -> everything.alone("task"));
            return true;
          } catch (RejectedExecutionException full) {
            return false;
          }
        });
  }

  private static void fork(ModuleContext context) {
    AtomicBoolean cancelled = new AtomicBoolean();
    context.fork(
        "source",
        new Source() {
          @Override
          public void run() {
            for (int i = 0; i < EACH && !cancelled.get(); i++) {
              context.publish(new Number(i));
            }
          }

          @Override
          public void cancel() {
            cancelled.set(true);
          }
        });
  }

  /// A module that stands in its first event until the gate opens, with others behind it.
  private ModuleContext held(int behind) {
    return held(behind, (context, level) -> {});
  }

  private ModuleContext held(int behind, BiConsumer<ModuleContext, Level> onLevel) {
    AtomicReference<ModuleContext> context = new AtomicReference<>();
    device.module(
        "held",
        c -> {
          context.set(c);
          c.on(
              Text.class,
              (text, at) -> {
                entered.countDown();
                gate.await();
              });
          c.on(Number.class, (number, at) -> log.add("event " + number.value()));
          c.on(Level.class, (level, at) -> onLevel.accept(c, level));
        });
    device.publish(new Text("hold"));
    Awaiting.latch(entered);
    for (int i = 1; i <= behind; i++) {
      device.publish(new Number(i));
    }
    return context.get();
  }

  @Test
  void shouldRunWhatIsDueBeforeTheNextEventAndAnEventBetweenTwoOfThem() {
    ModuleContext context = held(6);
    context.after(Duration.ZERO, () -> log.add("timer 1"));
    context.execute(() -> log.add("task 1"));
    context.after(Duration.ZERO, () -> log.add("timer 2"));
    context.execute(() -> log.add("task 2"));
    gate.countDown();
    device.awaitQuiet();

    assertThat(log.stream().map(entry -> entry.split(" ")[0].replace("timer", "task")))
        .containsExactly(
            "task", "event", "task", "event", "task", "event", "task", "event", "event", "event");
    for (String kind : List.of("timer", "task", "event")) {
      assertThat(log.stream().filter(entry -> entry.startsWith(kind))).isSorted();
    }
  }

  @Test
  void shouldRunATimerThatAHandlerSetsBeforeTheNextEvent() {
    var _ =
        held(
            0,
            (context, level) -> {
              log.add("event");
              context.after(Duration.ZERO, () -> log.add("timer"));
            });
    for (int i = 0; i < 500; i++) {
      device.publish(new Level("valve", i));
    }
    gate.countDown();
    device.awaitQuiet();
    assertThat(log).hasSize(1_000);
    for (int i = 0; i < log.size(); i++) {
      assertThat(log.get(i)).as("entry %d", i).isEqualTo(i % 2 == 0 ? "event" : "timer");
    }
  }

  @Test
  void shouldSkipThePeriodsForWhichItWasBusy() {
    int events = 100;
    AtomicInteger ticks = new AtomicInteger();
    AtomicInteger ticksByThen = new AtomicInteger();
    AtomicLong handledAt = new AtomicLong();
    AtomicReference<Timer> timer = new AtomicReference<>();
    ModuleContext context =
        held(
            events,
            (c, level) -> {
              timer.get().cancel();
              handledAt.set(System.nanoTime());
              ticksByThen.set(ticks.get());
            });
    timer.set(context.every(Duration.ofMillis(10), ticks::incrementAndGet));
    long busyUntil = System.nanoTime() + Duration.ofMillis(300).toNanos();
    Awaiting.until("30 periods have passed", () -> System.nanoTime() - busyUntil > 0);
    device.publish(new Level("valve", 1));
    long freeAt = System.nanoTime();
    gate.countDown();
    device.awaitQuiet();
    // One for all that were missed, one whose time had begun, and one for each that passed since.
    long since = TimeUnit.NANOSECONDS.toMillis(handledAt.get() - freeAt) / 10;
    assertThat(ticksByThen.get()).isPositive().isLessThanOrEqualTo((int) since + 2);
    assertThat(ticks).as("after it was cancelled").hasValue(ticksByThen.get());
  }

  @Test
  void shouldTakeTasksUpToTheirLimitAndRunThemInOrder() {
    ModuleContext context = held(0);
    for (int i = 0; i < 4_096; i++) {
      int number = i;
      context.execute(() -> log.add("" + number));
    }
    assertThatThrownBy(() -> context.execute(() -> log.add("one too many")))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("4096");
    gate.countDown();
    device.awaitQuiet();
    assertThat(log).hasSize(4_096);
    for (int i = 0; i < log.size(); i++) {
      assertThat(log.get(i)).isEqualTo("" + i);
    }
  }

  @Test
  void shouldNotRunATimerThatWasCancelledThoughItIsDue() {
    ModuleContext context = held(1);
    Timer once = context.after(Duration.ZERO, () -> log.add("cancelled"));
    Timer periodic = context.every(Duration.ofMillis(1), () -> log.add("cancelled"));
    once.cancel();
    once.cancel();
    Together.run(2, p -> periodic.cancel());
    gate.countDown();
    device.awaitQuiet();
    assertThat(log).containsExactly("event 1");
  }
}
