package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BatchesTest {

  private static final Duration NONE = Duration.ZERO;

  private final List<Integer> written = new ArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch held = new CountDownLatch(1);

  @Test
  void shouldWriteAllInOrder() {
    try (Batches<Integer> batches = batches(64, 1 << 20, Duration.ofSeconds(20))) {
      held.countDown();
      for (int i = 0; i < 100_000; i++) {
        assertThat(batches.add(i, 10)).isTrue();
      }
    }

    assertThat(written).hasSize(100_000).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void shouldDropWhatFindsNoRoomAndCountIt() {
    try (Batches<Integer> batches = batches(10, 1 << 20, NONE)) {
      for (int i = 0; i < 100; i++) {
        batches.add(i, 10);
      }
      assertThat(batches.dropped()).isBetween(80L, 90L); // Some are with the writer.
      held.countDown();
    }
  }

  @Test
  void shouldBoundBytesButTakeAnyItemAlone() throws InterruptedException {
    try (Batches<Integer> batches = batches(1_000, 100, NONE)) {
      batches.add(1, 1_000_000);
      // What it has in hand does not wait any more.
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 100; i++) {
        batches.add(i, 60);
      }
      assertThat(batches.waiting()).isEqualTo(1);
      held.countDown();
    }
    assertThat(written).startsWith(1);
  }

  @Test
  void shouldPassABarrierOnceAllBeforeItIsWritten() throws Exception {
    try (Batches<Integer> batches = batches(100, 1 << 20, NONE)) {
      batches.add(1, 10);
      batches.add(2, 10);
      CompletableFuture<List<Integer>> seen =
          batches.barrier().thenApply(done -> List.copyOf(written));
      assertThat(seen).isNotDone();
      held.countDown();

      assertThat(seen.get(20, TimeUnit.SECONDS)).containsExactly(1, 2);
      assertThat(batches.barrier()).isDone();
    }
  }

  /// Waiting for room costs whoever gives; but one that moves again is worth the wait again.
  @Test
  void shouldWaitForAWriterAgainThatMovedMeanwhile() throws Exception {
    Duration patience = Duration.ofMillis(200);
    Semaphore moves = new Semaphore(0);
    Batches.Limits limits = new Batches.Limits(1, 1 << 20, 1, NONE, patience);
    Batches<Integer> batches =
        new Batches<>("test", limits, batch -> moves.acquireUninterruptibly());
    while (batches.add(1, 10)) {
      // One is with the writer, one waits.
    }
    long begun = System.nanoTime();
    assertThat(batches.add(2, 10)).isFalse();
    moves.release(2);
    batches.barrier().get(20, TimeUnit.SECONDS);

    while (batches.add(3, 10)) {
      begun = System.nanoTime();
    }
    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(patience.toNanos());
    moves.release(2);
    batches.close();
  }

  private Batches<Integer> batches(int items, long bytes, Duration patience) {
    Batches.Limits limits = new Batches.Limits(items, bytes, 5, NONE, patience);
    return new Batches<>(
        "test",
        limits,
        batch -> {
          begun.countDown();
          try {
            held.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          written.addAll(batch);
        });
  }
}
