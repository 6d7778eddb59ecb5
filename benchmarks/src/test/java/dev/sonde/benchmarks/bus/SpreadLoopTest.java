package dev.sonde.benchmarks.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// As [ClosedLoopTest], where each event is for one subscriber.
class SpreadLoopTest {

  private final SpreadLoop loop = new SpreadLoop(3, Duration.ofMillis(20));

  @Test
  void shouldAcceptEveryEventOnce() {
    for (int i = 0; i < 3 * ClosedLoop.IN_FLIGHT; i++) {
      loop.receiver(i % 3).accept(loop.next(i % 3));
    }

    loop.verify();
    assertThat(loop.sent()).isEqualTo(3 * ClosedLoop.IN_FLIGHT);
  }

  @Test
  void shouldNoticeALostDelivery() {
    loop.next(0);

    assertThatThrownBy(loop::verify)
        .isInstanceOf(LostEventException.class)
        .hasMessageContaining("of 1 events");
  }

  @Test
  void shouldNoticeADoubledDelivery() {
    long value = loop.next(0);
    loop.receiver(0).accept(value);
    loop.receiver(0).accept(value);

    assertThatThrownBy(loop::verify)
        .isInstanceOf(LostEventException.class)
        .hasMessageContaining("subscriber 0");
  }

  @Test
  void shouldNoticeADeliveryToTheWrongSubscriber() {
    loop.receiver(2).accept(loop.next(1));

    assertThatThrownBy(loop::verify)
        .isInstanceOf(LostEventException.class)
        .hasMessageContaining("subscriber 1 was sent 1");
  }
}
