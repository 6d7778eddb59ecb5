package dev.sonde.network;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.EventBus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// A bus that keeps what is published.
final class RecordingBus implements EventBus {

  final List<Event> events = new CopyOnWriteArrayList<>();
  final AtomicInteger waits = new AtomicInteger();
  private final boolean packetsWanted;

  RecordingBus(boolean packetsWanted) {
    this.packetsWanted = packetsWanted;
  }

  <E extends Event> List<E> all(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <E extends Event> E last(Class<E> type) {
    return all(type).getLast();
  }

  @Override
  public long publish(Event event) {
    synchronized (this) {
      events.add(event);
      notifyAll();
      return events.size();
    }
  }

  /// Waits until an event comes that fits.
  void await(Predicate<Event> fits) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    synchronized (this) {
      while (events.stream().noneMatch(fits)) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError("No such event within 20 s; there were " + events);
        }
        wait(left);
      }
    }
  }

  @Override
  public long reply(Envelope request, Event answer) {
    return publish(answer);
  }

  @Override
  public <R extends Event> CompletionStage<R> ask(
      Event request, Class<R> answer, Duration deadline) {
    return CompletableFuture.failedStage(new UnsupportedOperationException());
  }

  @Override
  public boolean wanted(Class<? extends Event> type) {
    return packetsWanted;
  }

  @Override
  public boolean awaitRoom(Duration deadline) {
    waits.incrementAndGet();
    return true;
  }
}
