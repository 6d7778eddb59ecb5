package dev.sonde.benchmarks.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The harness itself: a bus that loses, doubles or changes an event does not get away with it.
class ClosedLoopTest {

  private final ClosedLoop loop = new ClosedLoop(2, 2, Duration.ofMillis(20));

  private long publish(int publisher) {
    long value = loop.lane(publisher).next();
    loop.receivers().forEach(receiver -> receiver.receive(value));
    return value;
  }

  @Test
  void shouldAcceptEveryEventOnce() {
    for (int i = 0; i < 3 * ClosedLoop.IN_FLIGHT; i++) {
      publish(i % 2);
    }

    loop.verify();
    assertThat(loop.sent()).isEqualTo(3 * ClosedLoop.IN_FLIGHT);
  }

  @Test
  void shouldNoticeALostDelivery() {
    publish(0);
    long value = loop.lane(1).next();
    loop.receivers().get(0).receive(value);

    assertThatThrownBy(loop::verify)
        .isInstanceOf(LostEventException.class)
        .hasMessageContaining("of 1 events of publisher 1, 0 came");
  }

  @Test
  void shouldNoticeADoubledDelivery() {
    long value = publish(0);
    loop.receivers().get(1).receive(value);

    assertThatThrownBy(loop::verify)
        .isInstanceOf(LostEventException.class)
        .hasMessageContaining("subscriber 1 received 2");
  }

  @Test
  void shouldNoticeALostDeliveryThatADoubledOneHides() {
    long value = publish(0);
    loop.lane(0).next();
    loop.receivers().forEach(receiver -> receiver.receive(value));

    assertThatThrownBy(loop::verify).isInstanceOf(LostEventException.class);
  }

  @Test
  void shouldNeverHaveMoreInFlightThanAllowed() {
    Lane lane = loop.lane(0);

    assertThatThrownBy(
            () -> {
              while (true) {
                lane.next();
              }
            })
        .isInstanceOf(LostEventException.class);
    assertThat(lane.sent()).isEqualTo(ClosedLoop.IN_FLIGHT / 2);
  }

  @Test
  void shouldWaitForTheSlowestSubscriber() {
    Lane lane = loop.lane(0);

    assertThatThrownBy(
            () -> {
              while (true) {
                loop.receivers().get(0).receive(lane.next());
              }
            })
        .isInstanceOf(LostEventException.class);
    assertThat(lane.sent()).isEqualTo(ClosedLoop.IN_FLIGHT / 2);
  }
}
