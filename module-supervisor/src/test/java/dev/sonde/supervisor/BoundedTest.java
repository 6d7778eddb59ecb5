package dev.sonde.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BoundedTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final List<String> done = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CompletableFuture<Thread> leftBehind = new CompletableFuture<>();

  @Test
  void shouldRunStepsOneAfterTheOtherOnOneThreadThatSaysWhichItIsAt() throws Exception {
    Bounded.begin(List.of(step("first", LONG), step("second", LONG))).await();

    assertThat(done).containsExactly("sonde-supervisor: first", "sonde-supervisor: second");
  }

  @Test
  void shouldNotGoOnAfterAStepThatFails() {
    Bounded failing =
        Bounded.begin(
            List.of(
                new Bounded.Step(
                    "first",
                    LONG,
                    () -> {
                      throw new IOException("no room");
                    }),
                step("second", LONG)));

    assertThatThrownBy(failing::await).isInstanceOf(IOException.class).hasMessage("no room");
    assertThat(done).isEmpty();
  }

  @Test
  void shouldSayWhichStepHangsAndNotGoOnWhenItEndsAfterAll() throws Exception {
    Bounded hanging =
        Bounded.begin(
            List.of(
                step("first", LONG),
                new Bounded.Step("second", SHORT, this::waitAtTheGate),
                step("third", LONG)));

    assertThatThrownBy(hanging::await)
        .isInstanceOf(Bounded.HangsException.class)
        .hasMessageStartingWith("second has not come back for 20 ms, at ")
        .hasMessageContaining("waitAtTheGate");
    gate.countDown();
    assertThat(leftBehind.get().join(LONG)).isTrue();
    assertThat(done).containsExactly("sonde-supervisor: first");
  }

  private Bounded.Step step(String what, Duration deadline) {
    return new Bounded.Step(what, deadline, () -> done.add(Thread.currentThread().getName()));
  }

  private void waitAtTheGate() throws InterruptedException {
    leftBehind.complete(Thread.currentThread());
    gate.await();
  }
}
