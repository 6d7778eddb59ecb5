package dev.sonde.hardware;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Fork;
import dev.sonde.bus.Handler;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Source;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Task;
import dev.sonde.bus.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A bus for one module, on the test's thread and a clock of the test's own. What is published is
/// delivered before [#run] or [#pass] returns.
final class FakeContext implements ModuleContext {

  final List<Event> published = new ArrayList<>();
  final List<Subscription<?>> subscriptions = new ArrayList<>();
  private final List<Handler<? super Event>> handlers = new ArrayList<>();
  private final List<Source> forks = new ArrayList<>();
  private final Queue<Task> tasks = new ArrayDeque<>();
  private final PriorityQueue<Due> timers =
      new PriorityQueue<>(Comparator.comparingLong((Due due) -> due.at));
  private final Record config;
  private Consumer<Record> changed = record -> {};
  private long nowNanos;

  FakeContext(Record config) {
    this.config = config;
  }

  long nanoTime() {
    return nowNanos;
  }

  /// Does what is to be done now.
  synchronized void run() {
    try {
      for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /// Lets time pass, timer by timer.
  void pass(Duration time) {
    long end = nowNanos + time.toNanos();
    run();
    while (!timers.isEmpty() && timers.peek().at <= end) {
      Due due = timers.poll();
      nowNanos = Math.max(nowNanos, due.at);
      if (!due.cancelled) {
        execute(due.task);
      }
      run();
    }
    nowNanos = end;
  }

  int pendingTimers() {
    return (int) timers.stream().filter(due -> !due.cancelled).count();
  }

  void reconfigure(Record record) {
    changed.accept(record);
  }

  Source fork() {
    return forks.getFirst();
  }

  /// The envelopes' time is in the future, so that nothing seems to have been under way.
  @Override
  public synchronized long publish(Event event) {
    published.add(event);
    long sequence = published.size();
    for (int i = 0; i < handlers.size(); i++) {
      Handler<? super Event> handler = handlers.get(i);
      if (subscriptions.get(i).types().stream().anyMatch(type -> type.isInstance(event))) {
        long micros = TimeUnit.MILLISECONDS.toMicros(Instant.now().toEpochMilli()) + 3_600_000_000L;
        tasks.add(
            () -> handler.handle(event, new Envelope(sequence, micros, "t", "test", 0, event)));
      }
    }
    return sequence;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <E extends Event> Inbox on(Subscription<E> subscription, Handler<? super E> handler) {
    subscriptions.add(subscription);
    handlers.add((Handler<? super Event>) handler);
    return new FakeInbox(subscription);
  }

  @Override
  public Timer after(Duration delay, Task task) {
    Due due = new Due(nowNanos + delay.toNanos(), task);
    timers.add(due);
    return () -> due.cancelled = true;
  }

  @Override
  public synchronized void execute(Task task) {
    tasks.add(task);
  }

  @Override
  public Fork fork(String name, Source source) {
    forks.add(source);
    return new FakeFork(name, source);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <C extends Record> C config(Class<C> type, Consumer<? super C> listener) {
    changed = record -> listener.accept((C) record);
    return (C) config;
  }

  @Override
  public <C extends Record> C config(Class<C> type) {
    return config(type, ignored -> {});
  }

  @Override
  public String name() {
    return "test";
  }

  @Override
  public boolean wanted(Class<? extends Event> type) {
    return true;
  }

  @Override
  public boolean awaitRoom(Duration deadline) {
    return true;
  }

  @Override
  public long reply(Envelope request, Event answer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <R extends Event> CompletionStage<R> ask(
      Event request, Class<R> answer, Duration deadline) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Timer every(Duration period, Task task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path dataDirectory() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void saveState(Record state) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <S extends Record> Optional<S> restoredState(Class<S> type) {
    return Optional.empty();
  }

  private static final class Due {
    final long at;
    final Task task;
    boolean cancelled;

    Due(long at, Task task) {
      this.at = at;
      this.task = task;
    }
  }

  private record FakeFork(String name, Source source) implements Fork {
    @Override
    public boolean isRunning() {
      return true;
    }

    @Override
    public void cancel() {
      source.cancel();
    }
  }

  private record FakeInbox(Subscription<?> subscription) implements Inbox {
    @Override
    public String name() {
      return subscription.name();
    }

    @Override
    public InboxCounts counts() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int capacity() {
      return subscription.capacity();
    }

    @Override
    public boolean isClosed() {
      return false;
    }

    @Override
    public void close() {}
  }
}
