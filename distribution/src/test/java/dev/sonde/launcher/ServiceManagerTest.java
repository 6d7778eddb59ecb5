package dev.sonde.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the variables of systemd mean. That it hears what it is told, the tests of processes see.
class ServiceManagerTest {

  private static final long OWN = 4711;

  /// Nobody listens there, which is said and no more.
  private static Map<String, String> environment(String... more) {
    Map<String, String> environment = new HashMap<>(Map.of("NOTIFY_SOCKET", "/none/notify"));
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  private static List<Thread> watchdogs() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("sonde-service-watchdog"))
        .toList();
  }

  private static void end(ServiceManager manager) throws InterruptedException {
    List<Thread> feeding = watchdogs();
    manager.stopping();
    for (Thread thread : feeding) {
      assertThat(thread.join(Duration.ofSeconds(20))).as("it ends with the device").isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldAskAgainAndAgainWhetherTheDeviceLivesUntilItStops(boolean lives) throws Exception {
    ServiceManager manager =
        ServiceManager.of(environment("WATCHDOG_USEC", "2000", "WATCHDOG_PID", "4711"), OWN);
    CountDownLatch asked = new CountDownLatch(3);
    manager.ready(
        Stage.RUNNING,
        () -> {
          asked.countDown();
          return lives;
        });

    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    end(manager);
  }

  @ParameterizedTest
  @CsvSource({
    "WATCHDOG_PID, 1, WATCHDOG_USEC, 2000",
    "WATCHDOG_PID, 4711, WATCHDOG_USEC, 0",
    "WATCHDOG_PID, 4711, WATCHDOG_USEC, soon",
    "WATCHDOG_PID, 4711, NOTIFY_SOCKET, ''",
    "WATCHDOG_PID, 4711, NOTIFY_SOCKET, relative",
  })
  void shouldFeedNoWatchdogThatIsNotItsOwn(String one, String value, String other, String its) {
    Map<String, String> environment = environment("WATCHDOG_USEC", "2000", one, value, other, its);
    ServiceManager.of(environment, OWN).ready(Stage.RUNNING, () -> true);

    assertThat(watchdogs()).isEmpty();
  }

  /// `sun_path` has 108 bytes, the last of which is a path's zero byte (unix(7)).
  @Test
  void shouldTakeAddressesUpToTheirLongest() throws IOException {
    NotifySocket.at("/" + "x".repeat(106));
    NotifySocket.at("@" + "x".repeat(107));
    for (String wrong : List.of("/" + "x".repeat(107), "@" + "x".repeat(108), "notify", "")) {
      assertThatThrownBy(() -> NotifySocket.at(wrong))
          .as(wrong)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("NOTIFY_SOCKET=" + wrong);
    }
  }
}
