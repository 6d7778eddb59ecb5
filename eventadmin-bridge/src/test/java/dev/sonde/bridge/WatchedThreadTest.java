package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is seen of one module.
class WatchedThreadTest {

  private static final long TICK = Duration.ofMillis(100).toNanos();

  private volatile boolean end;
  private final FakeModule module = new FakeModule();
  private final WatchedThread seen = new WatchedThread(module);
  private long now;

  private final class FakeModule implements Watched {
    private final List<String> told = new ArrayList<>();
    private final List<String> late = new ArrayList<>();
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});
    private long progress = 1;
    private boolean awake = true;
    private int satOut;

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public Thread thread() {
      return thread;
    }

    @Override
    public long progress() {
      return progress;
    }

    @Override
    public boolean isAwake() {
      return awake;
    }

    @Override
    public void goesOn(Duration held) {}

    @Override
    public void sitsOut() {
      satOut++;
    }

    @Override
    public Duration patience() {
      return Duration.ofSeconds(1);
    }

    @Override
    public void overdue(Duration still, String where) {
      late.add(still.toMillis() + " " + where);
    }

    @Override
    public void caughtUp() {
      late.add("caught up");
    }

    @Override
    public void stuck(Duration held, String where) {
      told.add(held.toMillis() + " " + where);
    }
  }

  @AfterEach
  void end() {
    end = true;
    LockSupport.unpark(module.thread);
    Awaiting.end(module.thread);
  }

  private void startLoop() {
    module.thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!end) {
                    Thread.onSpinWait();
                  }
                });
    Awaiting.until("it is on a carrier", () -> WatchedThread.isMounted(module.thread));
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      now += TICK;
      seen.look(now);
    }
  }

  @Test
  void shouldFindAModuleThatHoldsItsCarrierAtTheThirdLook() {
    startLoop();
    look(2);
    assertThat(seen.isStill()).isTrue();
    assertThat(seen.isHolding()).isFalse();
    look(1);
    assertThat(seen.isHolding()).isTrue();
    module.progress++;
    look(1);
    assertThat(seen.isStill()).isFalse();
    assertThat(seen.isHolding()).isFalse();
  }

  @Test
  void shouldNotMakeRoomForOneThatWaitsForSomethingElse() {
    module.thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!end) {
                    LockSupport.park();
                  }
                });
    Awaiting.until("it waits", () -> module.thread.getState() == Thread.State.WAITING);
    look(1);
    assertThat(module.satOut).isZero();
    look(1);
    assertThat(module.satOut).isEqualTo(1);
    module.progress++;
    look(1);
    assertThat(module.satOut).isEqualTo(1);
  }

  @Test
  void shouldMakeRoomForOneThatComputes() {
    startLoop();
    look(100);
    assertThat(module.satOut).isZero();
  }

  @Test
  void shouldNotSuspectAModuleThatMakesProgressOrWaitsForWork() {
    startLoop();
    for (int i = 0; i < 100; i++) {
      module.progress++;
      look(1);
      assertThat(seen.isStill()).isFalse();
    }
    module.awake = false;
    look(100);
    assertThat(seen.isStill()).isFalse();
    assertThat(module.told).isEmpty();
  }

  @Test
  void shouldTellOnceUntilItGoesOn() {
    startLoop();
    look(100);
    assertThat(module.told).singleElement().asString().contains("WatchedThreadTest");
    module.progress++;
    look(1);
    assertThat(module.told).hasSize(1);
    look(100);
    assertThat(module.told).hasSize(2);
  }

  @Test
  void shouldTellOnceThatAModuleIsLateAndThatItHasCaughtUp() {
    startLoop();
    look(10);
    assertThat(module.late).isEmpty();
    look(10);
    assertThat(module.late).singleElement().asString().contains("WatchedThreadTest");
    module.progress++;
    look(1);
    assertThat(module.late).hasSize(2).last().isEqualTo("caught up");
  }

  @Test
  void shouldNotTellOfAModuleThatMerelyBlocks() {
    module.thread = startParked();
    look(100);
    assertThat(seen.isStill()).isTrue();
    assertThat(seen.isHolding()).isFalse();
    assertThat(module.told).isEmpty();
    end = true;
    LockSupport.unpark(module.thread);
  }

  @Test
  void shouldNotTellOfAModuleThatHoldsACarrierNowAndThen() {
    Thread parked = startParked();
    startLoop();
    Thread looping = module.thread;
    for (int i = 0; i < 100; i++) {
      module.thread = looping;
      look(1);
      module.thread = parked;
      look(1);
      assertThat(seen.isHolding()).isFalse();
    }
    assertThat(module.told).isEmpty();
    end = true;
    LockSupport.unpark(parked);
  }

  private boolean mounted() {
    return WatchedThread.isMounted(module.thread);
  }

  private Thread startParked() {
    Thread parked = Thread.ofVirtual().start(this::parkUntilEnd);
    Awaiting.until(
        "it is parked",
        () -> parked.getState() == Thread.State.WAITING && !WatchedThread.isMounted(parked));
    return parked;
  }

  private void parkUntilEnd() {
    while (!end) {
      LockSupport.park();
    }
  }

  @Test
  void shouldKnowWhoIsOnACarrierWhateverItsName() {
    module.thread = Thread.ofVirtual().name("a@b]/c@d").unstarted(() -> {});
    assertThat(mounted()).isFalse();
    startLoop();
    assertThat(mounted()).isTrue();
  }
}
