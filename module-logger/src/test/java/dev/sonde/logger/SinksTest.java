package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.log.LogSink;
import dev.sonde.log.Severity;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class SinksTest {

  private static final TopicRules ALL = TopicRules.parse(List.of("*"));
  private static final int QUEUE = 4_096;

  private final Sinks sinks = new Sinks();
  private final BlockingQueue<LogSink.Entry> taken = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();

  @Test
  void shouldHandOnInOrderWhatASinkWants() throws Exception {
    Outlet outlet = sinks.add("good", TopicRules.parse(List.of("a/*", "b/C:error")), taken::add);
    write(1, "a/B", Level.INFO);
    write(2, "b/C", Level.WARNING);
    write(3, "b/C", Level.ERROR);
    // One that goes has a second for what waits, which may be too little here.
    awaitTaken(2);
    await(() -> outlet.account().equals("2 taken, 0 lost, 0 waiting"));
    sinks.remove(outlet);
    write(4, "a/B", Level.INFO);

    assertThat(taken)
        .containsExactly(entry(1, "a/B", Severity.INFO), entry(3, "b/C", Severity.ERROR));
    assertThat(sinks.accounts()).isEmpty();
  }

  @Test
  void shouldLoseOfASlowSinkAloneAndCountIt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    sinks.add(
        "hanging",
        ALL,
        entry -> {
          begun.countDown();
          never.await();
        });
    sinks.add("good", ALL, taken::add);
    write(1, "a/B", Level.INFO);
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    for (int i = 2; i <= 3 * QUEUE; i++) {
      write(i, "a/B", Level.INFO);
      if (i % 100 == 0) {
        awaitTaken(i);
      }
    }

    awaitTaken(3 * QUEUE);
    assertThat(sinks.accounts().get("hanging"))
        .isEqualTo("0 taken, %,d lost, %,d waiting", 2 * QUEUE - 1, QUEUE);
    assertThat(sinks.accounts().get("good")).contains("0 lost");
    never.countDown();
  }

  @Test
  void shouldSurviveWhateverASinkThrowsAndTellItOnce() throws Exception {
    sinks.tell(notes::add);
    Outlet outlet =
        sinks.add(
            "throwing",
            ALL,
            entry -> {
              if (entry.sequence() < 100) {
                throw new Hostile();
              }
              taken.add(entry);
            });
    for (int i = 1; i <= 100; i++) {
      write(i, "a/B", Level.INFO);
    }

    assertThat(notes.poll(20, TimeUnit.SECONDS))
        .contains("throwing fails", Hostile.class.getName());
    assertThat(notes.poll(20, TimeUnit.SECONDS)).contains("takes events again; it missed 99");
    sinks.remove(outlet);
    assertThat(taken).hasSize(1);
    assertThat(notes).isEmpty();
  }

  @Test
  void shouldInterruptASinkThatHangsWhenItGoes() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Outlet outlet =
        sinks.add(
            "hanging",
            ALL,
            entry -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } finally {
                interrupted.countDown();
              }
            });
    write(1, "a/B", Level.INFO);
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    write(2, "a/B", Level.INFO);
    write(3, "a/B", Level.INFO);
    sinks.remove(outlet);

    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    await(() -> outlet.lost() == 3);
  }

  private static final class Hostile extends Error {
    private static final long serialVersionUID = 1;

    @Override
    public String toString() {
      throw this;
    }
  }

  private void awaitTaken(int count) {
    await(() -> taken.size() >= count);
    assertThat(taken).hasSize(count);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the end of all patience").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private void write(long sequence, String topic, Level level) {
    sinks.write(topic, level, severity -> entry(sequence, topic, severity));
  }

  private static LogSink.Entry entry(long sequence, String topic, Severity severity) {
    return new LogSink.Entry(sequence, 0, topic, "test", severity, "{\"seq\":" + sequence + "}");
  }
}
