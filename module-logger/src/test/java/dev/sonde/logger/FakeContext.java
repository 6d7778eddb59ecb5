package dev.sonde.logger;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// A module's context on one thread: tasks and timers run when the test says so.
final class FakeContext implements ModuleContext {

  final Map<String, Subscription<?>> open = new LinkedHashMap<>();
  final List<String> opened = new ArrayList<>();
  final List<Event> published = new ArrayList<>();
  final ArrayDeque<Task> due = new ArrayDeque<>();
  LoggerConfig config;
  Consumer<LoggerConfig> changed = unused -> {};
  Record saved;
  private final Map<String, Handler<Event>> handlers = new LinkedHashMap<>();

  FakeContext(LoggerConfig config) {
    this.config = config;
  }

  void change(LoggerConfig next) {
    config = next;
    changed.accept(next);
  }

  void runDue() throws Exception {
    while (!due.isEmpty()) {
      due.remove().run();
    }
  }

  /// Delivers to every open subscription that does not leave the topic out.
  void deliver(Envelope at) throws Exception {
    for (String name : List.copyOf(open.keySet())) {
      if (!open.get(name).exceptions().contains(at.topic())) {
        handlers.get(name).handle(at.event(), at);
      }
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public <E extends Event> Inbox on(Subscription<E> subscription, Handler<? super E> handler) {
    String name = subscription.name();
    if (opened.contains(name)) {
      throw new IllegalStateException(name + " is taken");
    }
    opened.add(name);
    open.put(name, subscription);
    handlers.put(name, (Handler<Event>) handler);
    return new FakeInbox(name, subscription.capacity());
  }

  private final class FakeInbox implements Inbox {
    private final String name;
    private final int capacity;

    FakeInbox(String name, int capacity) {
      this.name = name;
      this.capacity = capacity;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public InboxCounts counts() {
      return new InboxCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public int capacity() {
      return capacity;
    }

    @Override
    public boolean isClosed() {
      return !open.containsKey(name);
    }

    @Override
    public void close() {
      open.remove(name);
    }
  }

  @Override
  public String name() {
    return "logger";
  }

  @Override
  public long publish(Event event) {
    published.add(event);
    return published.size();
  }

  @Override
  public Timer after(Duration delay, Task task) {
    due.add(task);
    return () -> due.remove(task);
  }

  @Override
  public void execute(Task task) {
    due.add(task);
  }

  @Override
  public <C extends Record> C config(Class<C> type) {
    return type.cast(config);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <C extends Record> C config(Class<C> type, Consumer<? super C> listener) {
    changed = next -> ((Consumer<LoggerConfig>) listener).accept(next);
    return config(type);
  }

  @Override
  public void saveState(Record state) {
    saved = state;
  }

  @Override
  public <S extends Record> Optional<S> restoredState(Class<S> type) {
    return Optional.ofNullable(type.cast(saved));
  }

  @Override
  public Timer every(Duration period, Task task) {
    throw new UnsupportedOperationException("an idle logger must not wake up");
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
  public boolean wanted(Class<? extends Event> type) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean awaitRoom(Duration deadline) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Fork fork(String name, Source source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path dataDirectory() {
    throw new UnsupportedOperationException();
  }
}
