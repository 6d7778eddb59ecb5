package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Fork;
import dev.sonde.bus.Handler;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.RevokedException;
import dev.sonde.bus.Source;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Task;
import dev.sonde.bus.Timer;
import dev.sonde.bus.spi.FaultListener.Place;
import dev.sonde.event.module.ForkFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// What one run of a module sees of the bus.
final class RunContext implements ModuleContext {

  private final Bus bus;
  private final ModuleRun run;
  private final Mailbox mailbox;
  private final Environment environment;
  private final List<ForkThread> forks = new ArrayList<>();
  private final List<Runnable> onLeave = new ArrayList<>();
  private final AtomicBoolean toldOfRefusal = new AtomicBoolean();
  private volatile boolean revoked;
  private volatile boolean asksNoMore;

  /// Of those that are not in the list any more; guarded by it.
  private Duration cpuTimeOfEndedForks = Duration.ZERO;

  /// What surrounds all modules.
  interface Environment {
    /// The folder under which each module has one of its own.
    Path dataRoot();

    /// What modules leave for their next version.
    SavedStates states();

    /// The configuration files' contents.
    Configurations configurations();
  }

  RunContext(Bus bus, ModuleRun run, Mailbox mailbox, Environment environment) {
    this.bus = bus;
    this.run = run;
    this.mailbox = mailbox;
    this.environment = environment;
  }

  private void check() {
    if (revoked) {
      throw new RevokedException(run.name());
    }
  }

  private void checkPublish(Event event) {
    if (revoked) {
      throw refused(event);
    }
  }

  private RevokedException refused(Event event) {
    RevokedException exception = new RevokedException(run.name());
    bus.refuse(mailbox.owner());
    if (!toldOfRefusal.getAndSet(true)) {
      run.refused(event, exception);
    }
    return exception;
  }

  boolean isRevoked() {
    return revoked;
  }

  @Override
  public String name() {
    return run.name();
  }

  @Override
  public long publish(Event event) {
    checkPublish(event);
    return bus.publish(run.name(), event, run.cause());
  }

  @Override
  public long reply(Envelope request, Event answer) {
    checkPublish(answer);
    return bus.publish(run.name(), answer, request.sequence());
  }

  @Override
  public <R extends Event> CompletionStage<R> ask(
      Event request, Class<R> answer, Duration deadline) {
    checkPublish(request);
    if (asksNoMore) {
      throw new RevokedException(run.name());
    }
    CompletionStage<R> stage =
        Asking.ask(
            bus,
            this,
            run.name(),
            run.cause(),
            request,
            answer,
            deadline,
            this::executeCallback,
            run.deliveries()::answerFailed);
    if (asksNoMore) {
      endQuestions();
    }
    return stage;
  }

  /// On the module's thread or not at all.
  private void executeCallback(Runnable callback) {
    if (!run.agenda().executeWithoutBound("answer", callback)) {
      if (!run.isOwnThread()) {
        throw new RevokedException(run.name());
      }
      callback.run();
    }
  }

  /// Lets everything fail that still waits for an answer, and nothing more be asked.
  void endQuestions() {
    asksNoMore = true;
    bus.forgetQuestions(this, new RevokedException(run.name()));
  }

  @Override
  public boolean wanted(Class<? extends Event> type) {
    check();
    return bus.wanted(type);
  }

  @Override
  public boolean awaitRoom(Duration deadline) throws InterruptedException {
    check();
    if (run.isOwnThread() && bus.isPacing(mailbox)) {
      throw new IllegalStateException(
          "Module "
              + run.name()
              + " has a pacing inbox and would wait for itself; call awaitRoom from a fork");
    }
    return bus.awaitRoom(deadline);
  }

  @Override
  public <E extends Event> Inbox on(Subscription<E> subscription, Handler<? super E> handler) {
    check();
    if (subscription.types().isEmpty() && subscription.topics().isEmpty()) {
      throw new IllegalArgumentException(
          "Subscription " + subscription.name() + " names neither type nor topic");
    }
    return Subscribing.subscribe(bus, mailbox, run.agenda(), subscription, handler);
  }

  @Override
  public Timer every(Duration period, Task task) {
    check();
    if (period.toMillis() < 1) {
      throw new IllegalArgumentException("A period of " + period + "; the shortest is 1 ms");
    }
    return schedule(
        DueTimer.every(run.agenda(), Nanos.of(period), Objects.requireNonNull(task, "task")));
  }

  @Override
  public Timer after(Duration delay, Task task) {
    check();
    return schedule(
        DueTimer.after(run.agenda(), Nanos.of(delay), Objects.requireNonNull(task, "task")));
  }

  private Timer schedule(DueTimer timer) {
    run.agenda().schedule(timer);
    return timer;
  }

  @Override
  public void execute(Task task) {
    check();
    run.agenda().execute("task", Objects.requireNonNull(task, "task"));
  }

  @Override
  public Fork fork(String name, Source source) {
    check();
    ForkThread fork = new ForkThread(run.name(), name, source, thrown -> forkFailed(name, thrown));
    synchronized (forks) {
      forks.removeIf(this::hasEnded);
      if (forks.stream().anyMatch(running -> running.name().equals(name))) {
        throw new IllegalStateException(
            "Fork " + name + " of module " + run.name() + " is still running");
      }
      fork.start();
      forks.add(fork);
    }
    endIfRevoked();
    return fork;
  }

  private boolean hasEnded(ForkThread fork) {
    if (fork.isRunning()) {
      return false;
    }
    cpuTimeOfEndedForks = cpuTimeOfEndedForks.plus(fork.cpuTime());
    return true;
  }

  /// The processor time that all forks of this run have used.
  Duration cpuTimeOfForks() {
    synchronized (forks) {
      return forks.stream().map(ForkThread::cpuTime).reduce(cpuTimeOfEndedForks, Duration::plus);
    }
  }

  private void forkFailed(String fork, Throwable thrown) {
    run.deliveries().report(Place.FORK, fork, thrown);
    bus.publish(
        run.name(), new ForkFailed(run.name(), fork, Faults.describe(thrown)), Envelope.NO_CAUSE);
  }

  @Override
  public <C extends Record> C config(Class<C> type) {
    check();
    return environment.configurations().read(run.name(), type);
  }

  @Override
  public <C extends Record> C config(Class<C> type, Consumer<? super C> changed) {
    check();
    Configurations.Watch<C> watch =
        environment
            .configurations()
            .watch(
                run.name(),
                type,
                configuration -> {
                  try {
                    run.agenda().execute("configuration", () -> changed.accept(configuration));
                  } catch (RejectedExecutionException e) {
                    // It is stopping, or too busy; the next version reads the file anew.
                  }
                });
    synchronized (onLeave) {
      onLeave.add(watch::close);
    }
    endIfRevoked();
    return watch.current();
  }

  @Override
  public Path dataDirectory() {
    check();
    try {
      return Files.createDirectories(environment.dataRoot().resolve(run.name()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The data folder of module " + run.name() + " can not be made; check " + e.getMessage(),
          e);
    }
  }

  @Override
  public void saveState(Record state) {
    check();
    environment.states().save(mailbox.owner(), state);
  }

  @Override
  public <S extends Record> Optional<S> restoredState(Class<S> type) {
    check();
    return environment.states().restore(mailbox.owner(), type);
  }

  /// Cancels all forks and waits for them.
  ///
  /// @return whether all ended in time
  boolean endForks(Duration deadline) {
    List<ForkThread> running;
    synchronized (forks) {
      running = List.copyOf(forks);
    }
    running.forEach(ForkThread::cancel);
    return Patience.await(deadline, nanos -> join(running, System.nanoTime() + nanos));
  }

  private static boolean join(List<ForkThread> running, long endNanos) throws InterruptedException {
    boolean all = true;
    for (ForkThread fork : running) {
      all &= fork.join(endNanos);
    }
    return all;
  }

  /// What began while everything was revoked may have come too late to be ended with it.
  private void endIfRevoked() {
    if (revoked) {
      leave();
    }
  }

  /// Revokes everything.
  void leave() {
    revoked = true;
    endQuestions();
    synchronized (onLeave) {
      onLeave.forEach(Runnable::run);
      onLeave.clear();
    }
    synchronized (forks) {
      forks.forEach(ForkThread::cancel);
    }
  }
}
