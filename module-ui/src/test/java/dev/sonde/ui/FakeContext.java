package dev.sonde.ui;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Handler;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Task;
import dev.sonde.bus.Timer;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// As much of a module's context as the screen uses, on the test's thread and clock.
final class FakeContext implements InstantSource {

  final List<Subscription<?>> subscriptions = new ArrayList<>();
  private final List<Handler<? super Event>> handlers = new ArrayList<>();
  private final List<Due> timers = new ArrayList<>();
  private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
  private final Record config;
  private volatile Instant now;

  FakeContext(Instant now, Record config) {
    this.now = now;
    this.config = config;
  }

  ModuleContext context() {
    return (ModuleContext)
        Proxy.newProxyInstance(
            FakeContext.class.getClassLoader(),
            new Class<?>[] {ModuleContext.class},
            (proxy, method, arguments) -> call(method, arguments));
  }

  @SuppressWarnings("unchecked")
  private Object call(Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "config" -> config;
      case "execute" -> tasks.add((Task) arguments[0]);
      case "after" -> after((Duration) arguments[0], (Task) arguments[1]);
      case "on" -> {
        subscriptions.add((Subscription<?>) arguments[0]);
        handlers.add((Handler<? super Event>) arguments[1]);
        yield null;
      }
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }

  private Timer after(Duration delay, Task task) {
    Due due = new Due(now.plus(delay), task);
    timers.add(due);
    return () -> timers.remove(due);
  }

  int pendingTimers() {
    return timers.size();
  }

  /// Delivers an event to every subscription that names its type.
  void deliver(Event event) {
    long micros = TimeUnit.MILLISECONDS.toMicros(now.toEpochMilli());
    Envelope at = new Envelope(1, micros, "t", "test", 0, event);
    for (int i = 0; i < handlers.size(); i++) {
      Handler<? super Event> handler = handlers.get(i);
      if (subscriptions.get(i).types().stream().anyMatch(type -> type.isInstance(event))) {
        run(() -> handler.handle(event, at));
      }
    }
  }

  /// Does what other threads handed over; waits for the first of it.
  void runHandedOver() throws InterruptedException {
    runNext();
    runWaiting();
  }

  /// Does the next thing that another thread hands over, and no more.
  void runNext() throws InterruptedException {
    Task next = tasks.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Nothing was handed over within 20 s");
    }
    run(next);
  }

  void runWaiting() {
    for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
      run(task);
    }
  }

  /// Lets time pass, timer by timer.
  void pass(Duration time) {
    Instant end = now.plus(time);
    for (Due next = next(); next != null && !next.at.isAfter(end); next = next()) {
      timers.remove(next);
      now = next.at;
      run(next.task);
    }
    now = end;
  }

  private Due next() {
    return timers.stream().min((a, b) -> a.at.compareTo(b.at)).orElse(null);
  }

  private static void run(Task task) {
    try {
      task.run();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Instant instant() {
    return now;
  }

  private static final class Due {
    final Instant at;
    final Task task;

    Due(Instant at, Task task) {
      this.at = at;
      this.task = task;
    }
  }
}
