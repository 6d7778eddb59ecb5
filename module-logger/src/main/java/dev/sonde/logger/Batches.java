package dev.sonde.logger;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hands what one thread gives to another, which takes many at a time: for what may block.
///
/// `written + dropped + waiting` is the number of items given, at any time. Not a fork of the
/// module: those end, with an interrupt that closes files, before what waits for the module is
/// delivered.
final class Batches<T> implements AutoCloseable {

  /// How much may wait, and how it is taken.
  ///
  /// @param items how many items may wait
  /// @param bytes how many bytes of them, as [#add] is told; one larger item goes alone
  /// @param batch how many are taken at most at a time
  /// @param linger how long the first of a batch waits for others
  /// @param patience how long [#add] waits for room
  record Limits(int items, long bytes, int batch, Duration linger, Duration patience) {}

  private record Item<T>(T value, int bytes) {}

  private record Barrier(long number, CompletableFuture<@Nullable Void> done) {}

  private final Limits limits;
  private final Consumer<List<T>> writer;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition given = lock.newCondition();
  private final Condition taken = lock.newCondition();
  private final ArrayDeque<Item<T>> waiting = new ArrayDeque<>();
  private final ArrayDeque<Barrier> barriers = new ArrayDeque<>();
  private long waitingBytes;
  private long accepted;
  private long written;
  private long dropped;
  private boolean stuck;
  private boolean closed;

  /// @param name the thread's name behind `sonde-logger-`
  /// @param writer called on that thread, one batch after the other; must not throw
  Batches(String name, Limits limits, Consumer<List<T>> writer) {
    this.limits = limits;
    this.writer = writer;
    this.thread = Thread.ofPlatform().daemon().name("sonde-logger-" + name).start(this::run);
  }

  /// Gives an item. Waits for room, but not again while the writer does not move.
  ///
  /// @param bytes about how much memory it takes
  /// @return false if it was dropped
  boolean add(T value, int bytes) {
    lock.lock();
    try {
      if (!awaitRoom(bytes)) {
        dropped++;
        return false;
      }
      waiting.add(new Item<>(value, bytes));
      waitingBytes += bytes;
      accepted++;
      if (waiting.size() == 1 || waiting.size() == limits.batch) {
        given.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitRoom(int bytes) {
    long left = limits.patience.toNanos();
    try {
      while (!closed && !hasRoom(bytes)) {
        if (stuck || left <= 0) {
          stuck = true;
          return false;
        }
        left = taken.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !closed;
  }

  private boolean hasRoom(int bytes) {
    return waiting.isEmpty()
        || (waiting.size() < limits.items && waitingBytes + bytes <= limits.bytes);
  }

  /// Completes, on the writer's thread, once all that was given before is written.
  CompletableFuture<@Nullable Void> barrier() {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    lock.lock();
    try {
      if (written == accepted) {
        done.complete(null);
      } else {
        barriers.add(new Barrier(accepted, done));
        given.signal();
      }
    } finally {
      lock.unlock();
    }
    return done;
  }

  private void run() {
    List<T> batch = take();
    while (!batch.isEmpty()) {
      writer.accept(batch);
      finished(batch.size()).forEach(done -> done.complete(null));
      batch = take();
    }
  }

  /// Empty at the end.
  private List<T> take() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        given.awaitUninterruptibly();
      }
      linger();
      return drain();
    } finally {
      lock.unlock();
    }
  }

  private void linger() {
    long left = limits.linger.toNanos();
    while (left > 0 && waiting.size() < limits.batch && !closed && barriers.isEmpty()) {
      try {
        left = given.awaitNanos(left);
      } catch (InterruptedException e) {
        return; // Nobody interrupts this thread; if somebody does, the batch is only smaller.
      }
    }
  }

  private List<T> drain() {
    List<T> batch = new ArrayList<>(Math.min(waiting.size(), limits.batch));
    while (!waiting.isEmpty() && batch.size() < limits.batch) {
      Item<T> item = waiting.remove();
      waitingBytes -= item.bytes;
      batch.add(item.value);
    }
    taken.signal();
    return batch;
  }

  private List<CompletableFuture<@Nullable Void>> finished(int count) {
    List<CompletableFuture<@Nullable Void>> reached = new ArrayList<>();
    lock.lock();
    try {
      written += count;
      stuck = false;
      for (Iterator<Barrier> each = barriers.iterator(); each.hasNext(); ) {
        Barrier barrier = each.next();
        if (barrier.number <= written) {
          each.remove();
          reached.add(barrier.done);
        }
      }
    } finally {
      lock.unlock();
    }
    return reached;
  }

  /// Writes all that waits, and ends the thread.
  @Override
  public void close() {
    takeNoMore();
    join(Duration.ZERO);
  }

  /// Writes what waits as long as the patience lasts, then interrupts the writer and drops the
  /// rest.
  void end(Duration longest) {
    takeNoMore();
    join(longest);
    if (thread.isAlive()) {
      drop();
      thread.interrupt();
    }
  }

  private void takeNoMore() {
    lock.lock();
    try {
      closed = true;
      given.signal();
    } finally {
      lock.unlock();
    }
  }

  private void drop() {
    lock.lock();
    try {
      dropped += waiting.size();
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  /// @param longest zero for as long as it takes
  private void join(Duration longest) {
    try {
      thread.join(longest.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Items that found no room.
  long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /// About how much memory an item takes that is mostly this text.
  static int bytes(String text) {
    return (int) Math.min(Integer.MAX_VALUE, 100L + 2L * text.length());
  }
}
