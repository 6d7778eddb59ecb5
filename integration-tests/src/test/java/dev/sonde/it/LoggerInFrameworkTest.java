package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The logger in the device, under what is meant to break it.
class LoggerInFrameworkTest {

  private static final String PLAIN = "dev.sonde.it.plain";
  private static final long PERIOD_NANOS = 10_000_000; // A hundred a second.
  private static final int EVENTS = 300;

  @TempDir Path home;
  private Logged console;
  private TestDevice device;
  private BiConsumer<String, Map<String, Object>> post;

  @BeforeEach
  @SuppressWarnings("unchecked")
  void start() throws Exception {
    console = Logged.begin();
    Path capture = new SmallCapture().arp().write(home.resolve("small.pcap"));
    Files.createDirectories(home.resolve("conf"));
    device = TestDevice.start(home, Map.of("sonde.config.network.source", "pcap:" + capture));
    byte[] jar = TestBundles.of(PLAIN, "1", Map.of("Bundle-Activator", PLAIN + ".PlainBundle"));
    device.install("plain", jar);
    post = device.service(BiConsumer.class, "plain");
  }

  @AfterEach
  void stop() throws Exception {
    device.close();
    console.close();
  }

  @Test
  void shouldLoseNothingWhileItsConfigurationChangesAHundredTimesASecond() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    AtomicInteger written = new AtomicInteger();
    Thread editor = Thread.ofPlatform().start(() -> edit(ended, written));
    for (int i = 1; i <= EVENTS; i++) {
      post.accept("com/acme/COUNTED", Map.of("number", i));
      LockSupport.parkNanos(PERIOD_NANOS);
    }
    ended.set(true);
    editor.join();
    TestDevice.await("all", () -> numbers().size() >= EVENTS);

    assertThat(numbers()).isEqualTo(IntStream.rangeClosed(1, EVENTS).boxed().toList());
    assertThat(device.shell("module:list")).containsPattern("logger +ACTIVE");
    Files.writeString(home.resolve("conf/logger.cfg"), "console = com/acme/LAST\n");
    TestDevice.await(
        "the last change",
        () -> {
          post.accept("com/acme/LAST", Map.of());
          return console.lines("com/acme/LAST") > 0;
        });
    System.out.println(written + " changes of the configuration");
  }

  /// Every second one changes what is listened to, which opens a new inbox.
  private void edit(AtomicBoolean ended, AtomicInteger written) {
    try {
      while (!ended.get()) {
        int number = written.incrementAndGet();
        Files.writeString(
            home.resolve("conf/logger.cfg"),
            "console = com/acme/NONE\nburst = %d\nexcept = sonde/network/%s\n"
                .formatted(number, number % 2 == 0 ? "PACKET" : "STATISTICS"));
        LockSupport.parkNanos(PERIOD_NANOS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Integer> numbers() throws Exception {
    return events("com/acme/COUNTED").stream().map(e -> e.at("/event/number").asInt()).toList();
  }

  @Test
  void shouldTakeAHostileEventAndNeutraliseItOnTheConsole() throws Exception {
    String text =
        "\u001b]0;title\u0007\u001b[2J\r\n\u009b31m\ud800 \u202eevil\u0000"
            + "x".repeat(10_000_000);
    post.accept("com/acme/HOSTILE", Map.of("text", text));
    TestDevice.await("it", () -> !events("com/acme/HOSTILE").isEmpty());
    post.accept("com/acme/AFTER", Map.of());
    TestDevice.await("what comes after it", () -> console.lines("com/acme/AFTER") > 0);

    assertThat(events("com/acme/HOSTILE").getFirst().at("/event/text").asText()).isEqualTo(text);
    assertThat(console.lines("com/acme/HOSTILE")).isEqualTo(1);
    assertThat(console.text())
        .doesNotContain("\u001b", "\u202e", "\u009b")
        .hasSizeLessThan(100_000);
    device.shell("log:sync");
    assertThat(device.shell("log:query \"topic = 'com/acme/HOSTILE'\""))
        .doesNotContain("\u001b", "\u202e", "\u009b");
  }

  private List<JsonNode> events(String topic) throws Exception {
    return TestDevice.loggedEvents(home).stream()
        .filter(event -> event.get("topic").asText().equals(topic))
        .toList();
  }
}
