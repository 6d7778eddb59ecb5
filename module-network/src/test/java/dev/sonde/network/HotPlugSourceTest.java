package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.event.network.CaptureInterrupted;
import dev.sonde.event.network.CaptureResumed;
import dev.sonde.network.Links.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HotPlugSourceTest {

  private static final String NAME = "eth0";
  private static final String SOURCE = "live:eth0";

  private final Links links = new Links(true);
  private final RecordingBus bus = new RecordingBus(false);
  private final Deque<FakeSource> openings = new ArrayDeque<>();
  private final Frame frame = new Frame();

  @Test
  void shouldTellThatAnInterfaceIsDownAndUpAgain() throws Exception {
    openings.add(new FakeSource(1));
    HotPlugSource source = source();
    links.are(Map.of(NAME, State.UP));
    links.are(Map.of(NAME, State.DOWN));
    links.are(Map.of(NAME, State.DOWN, "eth1", State.UP));
    links.are(Map.of(NAME, State.UP));

    assertThat(bus.events).hasSize(2);
    assertThat(bus.last(CaptureInterrupted.class).problem())
        .isEqualTo("The interface eth0 is down");
    assertThat(bus.events.getLast()).isEqualTo(new CaptureResumed(SOURCE));
    assertThat(source.next(frame)).isTrue();
  }

  @Test
  void shouldGoOnWhenAnInterfaceThatDisappearedReturns() throws Exception {
    FakeSource second = new FakeSource(1);
    openings.add(new FakeSource(1));
    openings.add(second);
    HotPlugSource source = source();
    assertThat(source.next(frame)).isTrue();
    assertThat(source.drops().byKernel()).isEqualTo(3);
    links.are(Map.of());
    CompletableFuture<Boolean> next = next(source);
    bus.await(CaptureInterrupted.class::isInstance);
    links.are(Map.of(NAME, State.UP));

    assertThat(next.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(bus.events)
        .containsExactly(
            new CaptureInterrupted(
                SOURCE, "There is no interface eth0", "ip link lists those there are"),
            new CaptureResumed(SOURCE));
    assertThat(source.drops().byKernel()).isEqualTo(6);
    assertThat(second.frames).isZero();
  }

  @Test
  void shouldCountDropsOnceAndCloseEachSourceHoweverOftenItsInterfaceGoes() throws Exception {
    List<FakeSource> gone = List.of(new FakeSource(1), new FakeSource(0));
    openings.addAll(gone);
    openings.add(new FakeSource(1));
    links.are(Map.of(NAME, State.UP));
    HotPlugSource source = source();
    assertThat(source.next(frame)).isTrue();
    assertThat(source.drops().byKernel()).isEqualTo(3);

    assertThat(source.next(frame)).isTrue();
    assertThat(source.drops().byKernel()).isEqualTo(6);
    assertThat(gone).allMatch(each -> each.closed);
  }

  @Test
  void shouldNotSayThatItGoesOnBeforeItsInterfaceIsOpen() throws Exception {
    Deque<Callable<FakeSource>> attempts = new ArrayDeque<>();
    attempts.add(() -> new FakeSource(0));
    attempts.add(
        () -> {
          links.are(Map.of(NAME, State.UP)); // it is up, and yet can not be opened
          throw Libpcap.noInterface(NAME);
        });
    attempts.add(() -> new FakeSource(1));
    links.are(Map.of(NAME, State.UP));
    HotPlugSource source =
        new HotPlugSource(NAME, () -> opened(attempts.remove()), links, bus::publish);

    assertThat(source.next(frame)).isTrue();
    assertThat(bus.events)
        .extracting(Object::getClass)
        .isEqualTo(List.of(CaptureInterrupted.class, CaptureResumed.class));
  }

  private static PacketSource opened(Callable<FakeSource> attempt) throws CaptureException {
    try {
      return attempt.call();
    } catch (CaptureException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldEndASourceThatIsOpenedWhileItIsCancelled() throws Exception {
    FakeSource second = new FakeSource(1);
    AtomicReference<HotPlugSource> self = new AtomicReference<>();
    openings.add(new FakeSource(0));
    links.are(Map.of(NAME, State.UP));
    HotPlugSource source =
        new HotPlugSource(
            NAME,
            () -> {
              if (openings.isEmpty()) {
                self.get().cancel();
                return second;
              }
              return openings.remove();
            },
            links,
            bus::publish);
    self.set(source);

    assertThat(source.next(frame)).isFalse();
    assertThat(second.cancelled).isTrue();
  }

  @Test
  void shouldTellNothingMoreOfAnInterfaceThatNobodyCaptures() throws Exception {
    openings.add(new FakeSource(1));
    source().close();
    links.are(Map.of(NAME, State.DOWN));

    assertThat(bus.events).isEmpty();
  }

  @Test
  void shouldBreakOffWhereNobodyTellsWhenInterfacesReturn() throws Exception {
    openings.add(new FakeSource(0));
    HotPlugSource source = source();
    links.unwatched();

    assertThatThrownBy(() -> source.next(frame)).isInstanceOf(LinkException.class);
  }

  @Test
  void shouldEndWhenCancelledWhileTheInterfaceIsMissing() throws Exception {
    openings.add(new FakeSource(0));
    HotPlugSource source = source();
    links.are(Map.of());
    FutureTask<Boolean> next = new FutureTask<>(() -> source.next(frame));
    Thread thread = Thread.ofPlatform().start(next);
    bus.await(CaptureInterrupted.class::isInstance);
    source.cancel();
    thread.interrupt(); // as the bus does with a fork

    assertThat(next.get(20, TimeUnit.SECONDS)).isFalse();
  }

  private CompletableFuture<Boolean> next(HotPlugSource source) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return source.next(frame);
          } catch (CaptureException e) {
            throw new AssertionError(e);
          }
        });
  }

  private HotPlugSource source() throws CaptureException {
    return new HotPlugSource(NAME, openings::remove, links, bus::publish);
  }

  /// Delivers some frames, then its interface is gone.
  private static final class FakeSource implements PacketSource {

    private int frames;
    private boolean cancelled;
    private boolean closed;

    private FakeSource(int frames) {
      this.frames = frames;
    }

    @Override
    public int linkType() {
      return LinkType.ETHERNET;
    }

    @Override
    public boolean next(Frame into) throws CaptureException {
      if (frames == 0) {
        throw Libpcap.noInterface(NAME);
      }
      frames--;
      return true;
    }

    @Override
    public Drops drops() {
      return new Drops(3, 0);
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
