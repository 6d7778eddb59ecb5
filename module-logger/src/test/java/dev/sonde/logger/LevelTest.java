package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.Event;
import dev.sonde.bus.PlainEvent;
import dev.sonde.event.module.EventsMissed;
import dev.sonde.event.module.ForkFailed;
import dev.sonde.event.module.JarRejected;
import dev.sonde.event.module.ModuleState;
import dev.sonde.event.module.ModuleStateChanged;
import dev.sonde.event.module.ModuleStuck;
import dev.sonde.event.network.CaptureInterrupted;
import dev.sonde.event.network.CaptureResumed;
import dev.sonde.event.network.CaptureStopped;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LevelTest {

  @Test
  void shouldCallFailuresErrors() {
    assertThat(of(new ForkFailed("network", "capture", "broken"))).isEqualTo(Level.ERROR);
    assertThat(of(new JarRejected("a.jar", "garbage", "build it"))).isEqualTo(Level.ERROR);
    assertThat(of(change(ModuleState.FAILED))).isEqualTo(Level.ERROR);
  }

  @Test
  void shouldWarnOfWhatWorksLessWell() {
    assertThat(of(new EventsMissed("ui", "all", 3, 3))).isEqualTo(Level.WARNING);
    assertThat(of(new ModuleStuck("ui", Duration.ofSeconds(2), "View.draw")))
        .isEqualTo(Level.WARNING);
    assertThat(of(change(ModuleState.DEGRADED))).isEqualTo(Level.WARNING);
    assertThat(of(new CaptureInterrupted("live:eth0", "it is down", "bring it up")))
        .isEqualTo(Level.WARNING);
    assertThat(of(new CaptureStopped("pcap:f", 3, true, "ends in a record")))
        .isEqualTo(Level.WARNING);
  }

  @Test
  void shouldTakeTheRestAsNews() {
    assertThat(of(new CaptureStopped("pcap:f", 3, true, ""))).isEqualTo(Level.INFO);
    assertThat(of(new CaptureResumed("live:eth0"))).isEqualTo(Level.INFO);
    assertThat(of(change(ModuleState.ACTIVE))).isEqualTo(Level.INFO);
    assertThat(of(Samples.query("example.org"))).isEqualTo(Level.INFO);
  }

  @Test
  void shouldKnowAlertsOfThirdParties() {
    Event alert = new PlainEvent("com/acme/alert/LEAK", Map.of());

    assertThat(Level.of(Samples.envelope(1, "com/acme/alert/LEAK", alert)))
        .isEqualTo(Level.WARNING);
  }

  private static Level of(Event event) {
    return Level.of(Samples.envelope(1, event));
  }

  private static Event change(ModuleState to) {
    return new ModuleStateChanged("ui", "dev.sonde.module-ui", "1", ModuleState.STARTING, to, "");
  }
}
