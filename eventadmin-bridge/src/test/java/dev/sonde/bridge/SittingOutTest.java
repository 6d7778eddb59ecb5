package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who counts among those that are awake.
class SittingOutTest {

  private static final int OFTEN = 10_000;

  private final WakeChain chain = new WakeChain(() -> {});
  private final List<Run> runs = new ArrayList<>();

  /// A thread of a module, which does what it is given, and else waits for something that is not of
  /// the bus.
  private final class Run {
    private final SynchronousQueue<Runnable> steps = new SynchronousQueue<>();
    private final Agenda agenda = new Agenda("run", chain);
    private final Thread thread = Thread.ofVirtual().start(this::work);

    private Run() {
      runs.add(this);
      does(agenda::begin);
    }

    private void work() {
      try {
        while (true) {
          steps.take().run();
        }
      } catch (InterruptedException e) {
        // The end of the test.
      }
    }

    /// Returns when it is done.
    private void does(Runnable step) {
      try {
        steps.put(step);
        steps.put(() -> {});
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private void ends() {
      does(agenda::ended);
    }
  }

  @AfterEach
  void end() {
    runs.forEach(run -> run.thread.interrupt());
    runs.forEach(run -> Awaiting.end(run.thread));
  }

  @Test
  void shouldNotCountOneThatSitsOutUntilItIsBack() {
    Run some = new Run();
    Run other = new Run();
    assertThat(chain.isCrowded()).isTrue();
    some.agenda.sitOut();
    some.agenda.sitOut();
    assertThat(chain.isCrowded()).isFalse();
    some.does(some.agenda::giveWay);
    assertThat(chain.isCrowded()).isTrue();
    other.ends();
    assertThat(chain.isCrowded()).isFalse();
  }

  @Test
  void shouldCountOneThatEndsWhileItSitsOutOnce() {
    Run some = new Run();
    some.agenda.sitOut();
    some.ends();
    var _ = new Run();
    assertThat(chain.isCrowded()).isFalse();
    var _ = new Run();
    assertThat(chain.isCrowded()).isTrue();
  }

  @Test
  void shouldNotCountOffOneThatHasNotBegunOrHasEnded() {
    Agenda idle = new Agenda("idle", chain);
    idle.sitOut();
    Run ended = new Run();
    ended.ends();
    ended.agenda.sitOut();
    var _ = new Run();
    var _ = new Run();
    assertThat(chain.isCrowded()).isTrue();
  }

  @Test
  void shouldCountRightWhenTheWatchLooksAtThatMoment() {
    for (int i = 0; i < OFTEN; i++) {
      Agenda agenda = new Agenda("run", chain);
      Thread run =
          Thread.ofVirtual()
              .start(
                  () -> {
                    agenda.begin();
                    agenda.giveWay();
                    agenda.ended();
                  });
      while (run.isAlive()) {
        agenda.sitOut();
      }
    }
    var _ = new Run();
    assertThat(chain.isCrowded()).isFalse();
    var _ = new Run();
    assertThat(chain.isCrowded()).isTrue();
  }
}
