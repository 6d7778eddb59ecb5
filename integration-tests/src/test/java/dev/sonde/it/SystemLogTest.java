package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/// What bundles log goes the way of events, once; and to whoever adds a sink.
class SystemLogTest {

  private static final List<String> WAYS = List.of("SLF4J", "JUL", "LogService", "OSGi Logger");
  private static final String SERVICE = "org.osgi.service.log.LogService";
  private static final String NAME = "dev.sonde.it.talkative";

  private static final int BUSY_THREADS = 16;

  /// Fewer than one logger's flood.
  private static final int LAST_LINES = 400;

  @TempDir Path home;
  private Logged console;
  private TestDevice device;
  private Bundle talkative;

  @BeforeEach
  void start() throws Exception {
    console = Logged.begin();
    Path capture = new SmallCapture().arp().write(home.resolve("small.pcap"));
    device =
        TestDevice.start(
            home,
            Map.of(
                "sonde.config.network.source",
                "pcap:" + capture,
                "sonde.config.logger.supervision.stopDeadline",
                "60s"));
    byte[] jar = TestBundles.of(NAME, "1", Map.of("Bundle-Activator", NAME + ".TalkativeBundle"));
    talkative = device.install("talkative", jar);
  }

  @AfterEach
  void stop() throws Exception {
    device.close();
    console.close();
  }

  @Test
  void shouldShowAndWriteOnceWhatBundlesLog() throws Exception {
    talk();
    device.shell("log:sync");

    List<JsonNode> lines = lines();
    for (String way : WAYS) {
      assertThat(lines).filteredOn(line -> said(line, way)).as(way).hasSize(1);
      assertThat(console.lines("said by " + way)).as(way).isEqualTo(1);
    }
    JsonNode first = lines.stream().filter(line -> said(line, "SLF4J")).findFirst().orElseThrow();
    assertThat(first.at("/event/bundle").asText()).isEqualTo(NAME);
    assertThat(first.at("/event/logger").asText()).isEqualTo(NAME + ".TalkativeBundle");
    assertThat(first.at("/event/stack").asText()).contains("with a stack\n\tat " + NAME);
    assertThat(device.shell("module:log talkative")).contains("said by SLF4J").contains("with a");
    assertThat(console.text()).doesNotContain("not said");
  }

  /// On a busy machine, where the thread that hands them on comes late; the deadline is long
  /// enough.
  @Test
  void shouldWriteTheLastLinesBeforeItEnds() throws Exception {
    IntConsumer talk = device.service(IntConsumer.class, "talkative");
    AtomicBoolean over = new AtomicBoolean();
    for (int i = 0; i < BUSY_THREADS; i++) {
      Thread.ofPlatform().daemon().start(() -> spin(over));
    }
    try {
      talk.accept(LAST_LINES);
      device.bundle("dev.sonde.module-logger").stop();
    } finally {
      over.set(true);
    }

    assertThat(lines())
        .extracting(line -> line.at("/event/message").asText())
        .filteredOn(message -> message.startsWith("line "))
        .containsExactlyElementsOf(
            IntStream.range(0, LAST_LINES).mapToObj(number -> "line " + number).toList());
  }

  private static void spin(AtomicBoolean over) {
    while (!over.get()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void shouldGiveSinksWhatTheyAskedForUntilTheyGo() throws Exception {
    Queue<?> taken = device.service(Queue.class, "talkative");
    talk();
    TestDevice.await("what it said", () -> taken.size() >= WAYS.size());

    assertThat(List.copyOf(taken)).hasSize(WAYS.size()).asString().contains("said by OSGi Logger");
    assertThat(device.shell("log:stats")).contains("talkative: 4 taken, 0 lost, 0 waiting");
    talkative.stop();
    assertThat(device.shell("log:stats")).doesNotContain("talkative");
  }

  @Test
  void shouldTakeUpTheLogAgainAfterTheLoggerWasStopped() throws Exception {
    device.shell("module:stop logger");
    assertThat(hasService()).as("gone with it").isFalse();
    device.shell("module:start logger");
    TestDevice.await("the service is back", this::hasService);
    talk();
    device.shell("log:sync");

    assertThat(lines()).filteredOn(line -> said(line, "SLF4J")).hasSize(1);
  }

  /// Of any class space.
  private boolean hasService() throws Exception {
    return device.context().getAllServiceReferences(SERVICE, null) != null;
  }

  private void talk() throws Exception {
    device.service(Runnable.class, "talkative").run();
    TestDevice.await(
        "what was said last",
        () -> Files.readString(home.resolve("log/events.jsonl")).contains("said by OSGi Logger"));
  }

  private List<JsonNode> lines() throws Exception {
    return TestDevice.loggedEvents(home).stream()
        .filter(event -> event.get("topic").asText().equals("sonde/log/LINE"))
        .toList();
  }

  private static boolean said(JsonNode line, String way) {
    return line.at("/event/message").asText().equals("said by " + way);
  }
}
