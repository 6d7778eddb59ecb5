package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.EventBus;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.RevokedException;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.bus.spi.HostedModule.Stopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Each question is settled once: with its own answer, or with the reason why there is none.
class AskingTest {

  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int QUESTIONS = 10_000;
  private static final int MAX_TASKS = 4_096;
  private static final long SEED = 20_260_611;

  private final Device device = new Device();
  private final EventBus service = new BundleBus(device.bus, "service");

  @AfterEach
  void close() {
    device.close();
  }

  @Topic("asking/QUESTION")
  record Question(int number) implements Event {}

  @Topic("asking/ANSWER")
  record Answer(int number, String by) implements Event {}

  @Topic("asking/REMARK")
  record Remark(int number) implements Event {}

  record NoTopic() implements Event {}

  /// What became of questions, by their numbers.
  private final class Outcomes {
    private final Set<Integer> settled = ConcurrentHashMap.newKeySet();
    private final Map<Class<?>, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger all = new AtomicInteger();

    void ask(EventBus bus, int number, Duration deadline) {
      note(number, bus.ask(new Question(number), Answer.class, deadline));
    }

    private void note(int number, CompletionStage<Answer> stage) {
      var _ = stage.whenComplete((answer, failure) -> settle(number, answer, failure));
    }

    /// The same, on no module's thread.
    void askElsewhere(EventBus bus, int number, Duration deadline) {
      note(number, bus.ask(new Question(number), Answer.class, deadline).toCompletableFuture());
    }

    private void settle(int number, Answer answer, Throwable failure) {
      if (failure != null) {
        failures.computeIfAbsent(causeOf(failure), _ -> new AtomicInteger()).incrementAndGet();
      } else if (answer.number() == number) {
        answered.incrementAndGet();
      } else {
        wrong.add(number + " was answered with " + answer);
      }
      if (!settled.add(number)) {
        wrong.add(number + " was settled twice");
      }
      all.incrementAndGet();
    }

    private static Class<?> causeOf(Throwable failure) {
      return (failure.getCause() == null ? failure : failure.getCause()).getClass();
    }

    int failed(Class<?> type) {
      return failures.getOrDefault(type, new AtomicInteger()).get();
    }

    /// Waits until so many are settled, each of them once.
    void await(int questions) {
      Awaiting.until(questions + " are settled", () -> all.get() >= questions);
      device.awaitQuiet();
      assertThat(all).hasValue(questions);
      assertThat(wrong).isEmpty();
      assertThat(device.bus.wanted(Answer.class)).as("anybody still waits for answers").isFalse();
    }
  }

  /// Keeps the questions and answers when it is told to.
  private final class Answerer {
    private final Queue<Envelope> asked = new ConcurrentLinkedQueue<>();
    private final ModuleContext context;

    Answerer(String name) {
      context = device.context(name);
      context.on(Subscription.to(Question.class).capacity(1 << 15), (_, at) -> asked.add(at));
    }

    List<Envelope> awaitQuestions(int number) {
      Awaiting.until(number + " are asked", () -> asked.size() >= number);
      return new ArrayList<>(asked);
    }

    void answer(Envelope question) {
      var _ =
          context.reply(
              question, new Answer(((Question) question.event()).number(), context.name()));
    }
  }

  @Test
  void shouldAnswerTenThousandOpenQuestionsOfABundle() {
    Answerer answerer = new Answerer("answering");
    Outcomes outcomes = new Outcomes();
    for (int i = 0; i < QUESTIONS; i++) {
      outcomes.ask(service, i, HOUR);
    }
    List<Envelope> questions = answerer.awaitQuestions(QUESTIONS);
    assertThat(outcomes.all).as("settled before any answer").hasValue(0);
    assertThat(device.bus.wanted(Answer.class)).isTrue();

    Collections.shuffle(questions, new Random(SEED));
    questions.forEach(
        question -> {
          answerer.answer(question);
          answerer.answer(question);
        });
    outcomes.await(QUESTIONS);
    assertThat(outcomes.answered).hasValue(QUESTIONS);
  }

  @Test
  void shouldAnswerTenThousandOpenQuestionsOfAModuleOnItsThread() {
    Answerer answerer = new Answerer("answering");
    Outcomes outcomes = new Outcomes();
    Semaphore room = new Semaphore(MAX_TASKS);
    List<String> elsewhere = new CopyOnWriteArrayList<>();
    AtomicInteger inside = new AtomicInteger();
    device.module(
        "asking",
        c -> {
          for (int i = 0; i < QUESTIONS; i++) {
            int number = i;
            CompletionStage<Answer> stage = c.ask(new Question(number), Answer.class, HOUR);
            outcomes.note(number, stage);
            var _ =
                stage.thenAccept(
                    _ -> {
                      if (inside.incrementAndGet() != 1
                          || !Thread.currentThread().getName().equals("sonde-asking")) {
                        elsewhere.add(number + " on " + Thread.currentThread());
                      }
                      inside.decrementAndGet();
                      room.release();
                    });
          }
        });
    for (Envelope question : answerer.awaitQuestions(QUESTIONS)) {
      Awaiting.permit(room);
      answerer.answer(question);
    }
    outcomes.await(QUESTIONS);
    assertThat(outcomes.answered).hasValue(QUESTIONS);
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void shouldKeepAllAnswersForAModuleThatIsBusy() {
    Answerer answerer = new Answerer("answering");
    Outcomes outcomes = new Outcomes();
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    ModuleContext asking = device.context("asking");
    asking.execute(
        () -> {
          entered.countDown();
          gate.await();
        });
    Awaiting.latch(entered);
    for (int i = 0; i < MAX_TASKS; i++) {
      asking.execute(() -> {});
    }
    for (int i = 0; i < QUESTIONS; i++) {
      outcomes.ask(asking, i, HOUR);
    }
    answerer.awaitQuestions(QUESTIONS).forEach(answerer::answer);
    Awaiting.until("all answers are there", () -> device.bus.openAsks() == 0);
    assertThat(outcomes.all).as("settled while the module was busy").hasValue(0);
    gate.countDown();
    outcomes.await(QUESTIONS);
    assertThat(outcomes.answered).hasValue(QUESTIONS);
  }

  @Test
  void shouldCallBackOnTheModulesThreadWhoeverWantsThatAndWhen() throws InterruptedException {
    BlockingQueue<String> threads = new LinkedBlockingQueue<>();
    Answerer answerer = new Answerer("answering");
    ModuleContext asking = device.context("asking");
    CompletionStage<Answer> stage = asking.ask(new Question(1), Answer.class, HOUR);
    answerer.awaitQuestions(1).forEach(answerer::answer);
    assertThat(Awaiting.result(stage)).isEqualTo(new Answer(1, "answering"));

    Runnable note = () -> threads.add(Thread.currentThread().getName());
    var _ = stage.thenRun(note);
    var _ = stage.thenRunAsync(note);
    var _ = stage.thenApply(answer -> answer).thenAccept(_ -> note.run());
    var _ = stage.thenCompose(_ -> stage).handle((_, _) -> threads.add("" + isModules()));
    var _ = stage.thenCombine(stage, (_, _) -> threads.add("" + isModules()));
    for (int i = 0; i < 5; i++) {
      assertThat(threads.poll(20, TimeUnit.SECONDS)).isIn("sonde-asking", "true");
    }
    device.awaitQuiet();
    assertThat(threads).isEmpty();
  }

  private static boolean isModules() {
    return Thread.currentThread().getName().equals("sonde-asking");
  }

  @Test
  void shouldTakeWhatACallbackThrowsForAFaultButNotWhatItIsTold() {
    ModuleContext asking = device.context("asking");
    CompletionStage<Answer> stage = asking.ask(new Question(1), Answer.class, SOON);
    CompletionStage<Void> passedOn = stage.thenAccept(_ -> {});
    CompletionStage<Answer> failing =
        stage.exceptionally(
            _ -> {
              throw new IllegalStateException("no way out");
            });
    for (CompletionStage<?> each : List.of(stage, passedOn)) {
      assertThatThrownBy(() -> Awaiting.result(each)).hasCauseInstanceOf(TimeoutException.class);
    }
    assertThatThrownBy(() -> Awaiting.result(failing))
        .hasCauseInstanceOf(IllegalStateException.class);
    device.awaitQuiet();
    assertThat(device.faults)
        .containsExactly("HANDLER answer java.lang.IllegalStateException: no way out");
  }

  @Test
  void shouldTellWhatIsNotAnsweredBeforeTheModuleIsStopped() {
    List<String> told = new CopyOnWriteArrayList<>();
    HostedModule asking =
        device.start(
            "asking",
            new SondeModule() {
              private ModuleContext context;

              @Override
              public void start(ModuleContext given) {
                context = given;
                var _ =
                    context
                        .ask(new Question(1), Answer.class, HOUR)
                        .whenComplete(
                            (_, failure) -> told.add(failure.getCause() + " " + isModules()));
              }

              @Override
              public void stop() {
                told.add("stop");
                assertThatThrownBy(() -> context.ask(new Question(2), Answer.class, HOUR))
                    .isInstanceOf(RevokedException.class);
                context.publish(new Remark(3));
              }
            });
    assertThat(asking.stop(false, Device.DEADLINE)).isEqualTo(Stopped.CLEANLY);
    assertThat(told)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("dev.sonde.bus.Revoked").endsWith("true"),
            last -> assertThat(last).isEqualTo("stop"));
  }

  /// Its callbacks could hang as its handler does, and then hold up who stops it.
  @Test
  void shouldNotCallBackForAModuleThatIsAbandoned() {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    AtomicInteger calledBack = new AtomicInteger();
    AtomicReference<Thread> left = new AtomicReference<>();
    AtomicReference<CompletionStage<Answer>> stage = new AtomicReference<>();
    HostedModule asking =
        device.module(
            "asking",
            c -> {
              left.set(Thread.currentThread());
              stage.set(c.ask(new Question(1), Answer.class, HOUR));
              var _ = stage.get().whenComplete((_, _) -> calledBack.incrementAndGet());
              c.execute(
                  () -> {
                    entered.countDown();
                    while (gate.getCount() > 0) {
                      LockSupport.parkNanos(1_000_000);
                    }
                  });
            });
    Awaiting.latch(entered);
    assertThat(asking.stop(false, SOON)).isEqualTo(Stopped.ABANDONED);
    var _ = stage.get().thenRun(calledBack::incrementAndGet);
    var _ = stage.get().exceptionally(_ -> new Answer(calledBack.incrementAndGet(), "nobody"));
    assertThatThrownBy(() -> Awaiting.result(stage.get()))
        .hasCauseInstanceOf(RevokedException.class);
    gate.countDown();
    Awaiting.until("the thread that was left ends", () -> !left.get().isAlive());
    assertThat(calledBack).hasValue(0);
  }

  @Test
  void shouldTimeOutWhatIsNotAnsweredAndNotMindLateAnswers() {
    Answerer answerer = new Answerer("answering");
    Outcomes outcomes = new Outcomes();
    for (int i = 0; i < 1_000; i++) {
      outcomes.ask(service, i, i % 2 == 0 ? HOUR : i % 4 == 1 ? SOON : Duration.ofMillis(-1));
    }
    List<Envelope> questions = answerer.awaitQuestions(1_000);
    Awaiting.until("half timed out", () -> outcomes.failed(TimeoutException.class) == 500);
    questions.forEach(answerer::answer);
    outcomes.await(1_000);
    assertThat(outcomes.answered).hasValue(500);
    assertThat(outcomes.failed(TimeoutException.class)).isEqualTo(500);
  }

  @Test
  void shouldSettleEachOnceWhenAnswersAndDeadlinesMeet() {
    Answerer answerer = new Answerer("answering");
    Outcomes outcomes = new Outcomes();
    AtomicBoolean end = new AtomicBoolean();
    Together answering =
        Together.start(
            2,
            _ -> {
              while (!end.get()) {
                Envelope question = answerer.asked.poll();
                if (question != null) {
                  answerer.answer(question);
                }
              }
            });
    for (int i = 0; i < QUESTIONS; i++) {
      outcomes.ask(service, i, Duration.ofNanos(i * 100L));
    }
    outcomes.await(QUESTIONS);
    end.set(true);
    answering.join();
    assertThat(outcomes.answered.get() + outcomes.failed(TimeoutException.class))
        .isEqualTo(QUESTIONS);
  }

  @Test
  void shouldGiveFourThreadsTheirOwnAnswers() {
    for (String name : List.of("first", "second")) {
      device.module(
          name,
          c ->
              c.on(
                  Subscription.to(Question.class).capacity(1 << 15),
                  (question, at) -> {
                    c.publish(new Remark(question.number()));
                    c.publish(new Answer(question.number(), name));
                  }));
    }
    ModuleContext asking = device.context("asking");
    Outcomes outcomes = new Outcomes();
    Semaphore room = new Semaphore(MAX_TASKS / 2);
    AtomicInteger next = new AtomicInteger();
    Together.run(
        4,
        part -> {
          EventBus bus = part < 2 ? asking : service;
          for (int number; (number = next.getAndIncrement()) < QUESTIONS; ) {
            Awaiting.permit(room);
            CompletionStage<Answer> stage = bus.ask(new Question(number), Answer.class, HOUR);
            outcomes.note(number, stage);
            var _ = stage.whenComplete((_, _) -> room.release());
          }
        });
    outcomes.await(QUESTIONS);
    assertThat(outcomes.answered).hasValue(QUESTIONS);
  }

  @Test
  void shouldTakeOnlyWhatAnswersTheQuestion() {
    Answerer answerer = new Answerer("answering");
    Outcomes outcomes = new Outcomes();
    for (int i = 0; i < 3; i++) {
      outcomes.ask(service, i, HOUR);
    }
    List<Envelope> questions = answerer.awaitQuestions(3);
    device.publish(new Answer(0, "somebody who was not asked"));
    long remark = answerer.context.reply(questions.get(0), new Remark(0));
    var _ = device.bus.publish("test", new Answer(0, "who answers a remark"), remark);
    answerer.answer(questions.get(1));
    Awaiting.until("one is answered", () -> outcomes.all.get() == 1);
    assertThat(outcomes.settled).containsExactly(1);
    answerer.answer(questions.get(0));
    answerer.answer(questions.get(2));
    outcomes.await(3);
    assertThat(outcomes.answered).hasValue(3);
  }

  @Test
  void shouldAnswerThroughThoseWhoMustAskThemselves() {
    int depth = 5;
    for (int i = 0; i < depth; i++) {
      int here = i;
      device.module(
          "link-" + i,
          c ->
              c.on(
                  Subscription.of("link").topics("asking/link/" + here),
                  (_, at) -> {
                    if (here == depth - 1) {
                      c.publish(new Answer(depth, "the last"));
                    } else {
                      var _ =
                          c.ask(link(here + 1), Answer.class, HOUR)
                              .thenAccept(answer -> c.reply(at, answer));
                    }
                  }));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(Awaiting.result(service.ask(link(0), Answer.class, HOUR)))
          .isEqualTo(new Answer(depth, "the last"));
    }
  }

  private static Event link(int number) {
    return new PlainEvent("asking/link/" + number, Map.of());
  }

  @Test
  void shouldNotGiveStaleAnswersOfASlowModule() {
    CountDownLatch gate = new CountDownLatch(1);
    AtomicLong handled = new AtomicLong();
    device.module(
        "slow",
        c ->
            c.on(
                Question.class,
                (question, at) -> {
                  gate.await();
                  c.publish(new Answer(question.number(), "slow"));
                  handled.incrementAndGet();
                }));
    Outcomes outcomes = new Outcomes();
    for (int i = 0; i < 100; i++) {
      outcomes.ask(service, i, SOON);
    }
    Awaiting.until("all timed out", () -> outcomes.failed(TimeoutException.class) == 100);
    outcomes.ask(service, 100, HOUR);
    gate.countDown();
    outcomes.await(101);
    assertThat(handled).hasValue(101);
    assertThat(outcomes.answered).hasValue(1);
  }

  @Test
  void shouldTellAllQuestionsOfAModuleThatStops() {
    Answerer answerer = new Answerer("answering");
    Outcomes outcomes = new Outcomes();
    HostedModule asking =
        device.module(
            "asking",
            c -> {
              for (int i = 0; i < 1_000; i++) {
                outcomes.ask(c, i, HOUR);
              }
            });
    List<Envelope> questions = answerer.awaitQuestions(1_000);
    asking.stop(false, Device.DEADLINE);
    outcomes.await(1_000);
    assertThat(outcomes.failed(RevokedException.class)).isEqualTo(1_000);
    questions.forEach(answerer::answer);
    outcomes.await(1_000);
  }

  @Test
  void shouldTellThoseWhoAskWhileTheirModuleStops() {
    for (int round = 0; round < 40; round++) {
      AtomicReference<ModuleContext> context = new AtomicReference<>();
      HostedModule module = device.module("asking", context::set);
      Outcomes outcomes = new Outcomes();
      AtomicInteger next = new AtomicInteger();
      AtomicInteger refused = new AtomicInteger();
      Together.run(
          3,
          part -> {
            if (part == 0) {
              Awaiting.until("some asked", () -> next.get() > 2);
              module.stop(false, Device.DEADLINE);
            } else {
              askUntilRevoked(context.get(), outcomes, next);
              refused.incrementAndGet();
            }
          });
      assertThat(refused).hasValue(2);
      outcomes.await(next.get() - 2);
      device.forget("asking");
    }
  }

  private static void askUntilRevoked(
      ModuleContext context, Outcomes outcomes, AtomicInteger next) {
    try {
      while (true) {
        outcomes.askElsewhere(context, next.getAndIncrement(), HOUR);
      }
    } catch (RevokedException expected) {
      // As it is to be.
    }
  }

  @Test
  void shouldForgetWhatCouldNotBeAsked() {
    assertThatThrownBy(() -> service.ask(new NoTopic(), Answer.class, HOUR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(device.bus.wanted(Answer.class)).isFalse();
  }
}
