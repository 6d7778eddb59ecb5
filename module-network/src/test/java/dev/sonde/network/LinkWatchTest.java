package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sonde.network.Interfaces.NetworkInterface;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Watches the interfaces that this machine has. That they come and go, the tests of live capture
/// see to, in a network of their own.
@Timeout(20)
class LinkWatchTest {

  private final Links links = new Links(true);
  private final LinkWatch watch = new LinkWatch(links);

  @BeforeEach
  void requireLibpcap() {
    try {
      assumeTrue(Interfaces.list().stream().anyMatch(LinkWatchTest::stays), "nothing is up here");
    } catch (CaptureException e) {
      assumeTrue(false, e.problem() + ". " + e.remedy());
    }
  }

  @Test
  void shouldTellWhatIsUpAndEndWhenCancelled() throws Exception {
    Thread thread = Thread.ofPlatform().start(watch::run);
    String up =
        Interfaces.list().stream()
            .filter(LinkWatchTest::stays)
            .map(NetworkInterface::name)
            .findFirst()
            .orElseThrow();

    assertThat(links.awaitUp(up, Duration.ZERO)).isTrue();
    watch.cancel();
    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    assertThat(links.awaitUp("nosuch0", Duration.ZERO)).isFalse();
  }

  @Test
  void shouldEndIfCancelledBeforeItBegan() {
    watch.cancel();
    watch.run();

    assertThat(links.areWatched()).isFalse();
  }

  /// Others may come and go, as those of containers do.
  private static boolean stays(NetworkInterface each) {
    return each.loopback() && each.up();
  }
}
