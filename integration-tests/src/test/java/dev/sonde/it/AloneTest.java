package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.it.BareFramework.Kind;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Bundle;

/// The bridge as the Event Admin of frameworks that have nothing else of Sonde, as
/// `docs/eventadmin-elsewhere.md` says.
class AloneTest {

  private static final String OPENED = "com/acme/valve/OPENED";
  private static final int ROOM = 64;

  @TempDir Path storage;
  private BareFramework framework;
  private Queue<Map<String, Object>> heard;
  private BiConsumer<String, Map<String, Object>> post;
  private BiConsumer<String, Map<String, Object>> send;

  private void start(Kind kind) throws Exception {
    framework =
        BareFramework.start(
            kind,
            storage,
            Map.of(
                "sonde.config.bus.handlerInbox",
                Integer.toString(ROOM),
                "sonde.config.bus.sendDeadline",
                "1s"));
    framework.installNeeded();
  }

  @SuppressWarnings("unchecked")
  private void startPlainBundle() throws Exception {
    framework.startTrial("dev.sonde.it.plain", "PlainBundle");
    heard = framework.service(Queue.class, "plain");
    post = framework.service(BiConsumer.class, "plain");
    send = framework.service(BiConsumer.class, "plain send");
  }

  @AfterEach
  void stop() throws Exception {
    if (framework != null) {
      framework.close();
    }
  }

  private List<Object> numbersHeard() {
    return heard.stream().map(event -> event.get("number")).toList();
  }

  private void postNumber(int number) {
    post.accept(OPENED, Map.of("number", number));
  }

  @ParameterizedTest
  @EnumSource
  void shouldPostSendAndFilter(Kind kind) throws Exception {
    start(kind);
    framework.startBridge();
    startPlainBundle();

    postNumber(1);
    TestDevice.await("the posted event", () -> heard.size() == 1);
    send.accept(OPENED, Map.of("number", 2));
    assertThat(numbersHeard()).as("when sendEvent has returned").containsExactly(1, 2);
    send.accept("sonde/filtered/LOW", Map.of("number", 3, "level", 1));
    send.accept("sonde/filtered/HIGH", Map.of("number", 4, "level", 9));
    send.accept("org/example/UNHEARD", Map.of("number", 5));
    assertThat(numbersHeard()).containsExactly(1, 2, 4);
  }

  @ParameterizedTest
  @EnumSource
  @SuppressWarnings("unchecked")
  void shouldGoOnBesideAHandlerThatNeverReturnsFromItsFirstEvent(Kind kind) throws Exception {
    start(kind);
    framework.start("org.apache.felix.gogo.runtime");
    framework.startBridge();
    framework.startTrial("com.acme.hostile", "HostileBundle");
    startPlainBundle();
    BiConsumer<String, String> listen = framework.service(BiConsumer.class, "hostile");
    listen.accept("hangs", "com/acme/*");
    listen.accept("slow", "sonde/module/STUCK");
    Map<String, AtomicLong> calls = framework.service(Map.class, "hostile");
    CountDownLatch released = framework.service(CountDownLatch.class, "hostile");
    try {
      int events = 100;
      for (int i = 1; i <= events; i++) {
        int number = i;
        postNumber(number);
        TestDevice.await("event " + i, () -> heard.size() == number);
      }
      TestDevice.await("it is told of", () -> calls.get("slow").get() == 1);
      send.accept(OPENED, Map.of("number", 101));

      assertThat(numbersHeard()).isEqualTo(IntStream.rangeClosed(1, 101).boxed().toList());
      assertThat(calls.get("hangs")).hasValue(1);
      // It has the first, room for some, and has missed the others.
      assertThat(framework.shell("bus:stats"))
          .containsPattern("hostile#\\d+: com/acm\\S* +100 +1 +64 .* 35 ");
    } finally {
      released.countDown();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldServeThosePublishersAgainThatKeptTheService(Kind kind) throws Exception {
    start(kind);
    Bundle bridge = framework.startBridge();
    startPlainBundle();
    postNumber(1);
    TestDevice.await("an event", () -> heard.size() == 1);

    bridge.stop();
    assertThatIllegalStateException()
        .isThrownBy(() -> postNumber(2))
        .withMessageContaining("there is no other");
    bridge.start();
    postNumber(3);
    TestDevice.await("an event after the start", () -> heard.size() == 2);
    try (InputStream jar = Files.newInputStream(BareFramework.jar("eventadmin-bridge"))) {
      bridge.update(jar);
    }
    postNumber(4);
    TestDevice.await("an event after the update", () -> heard.size() == 3);
    assertThat(numbersHeard()).containsExactly(1, 3, 4);
  }

  @ParameterizedTest
  @CsvSource({"FELIX, false", "FELIX, true", "EQUINOX, false", "EQUINOX, true"})
  void shouldDeliverOnceBesideTheEventAdminOfTheFramework(Kind kind, boolean oursFirst)
      throws Exception {
    start(kind);
    Bundle bridge = framework.install("eventadmin-bridge");
    if (oursFirst) {
      bridge.start();
      startPlainBundle();
      framework.startItsEventAdmin();
    } else {
      framework.startItsEventAdmin();
      startPlainBundle();
      bridge.start();
    }

    for (int i = 1; i <= 50; i++) {
      postNumber(i);
    }
    TestDevice.await("the last one", () -> numbersHeard().contains(50));
    send.accept(OPENED, Map.of("number", 51));
    assertThat(numbersHeard()).isEqualTo(IntStream.rangeClosed(1, 51).boxed().toList());

    bridge.stop();
    postNumber(52);
    TestDevice.await("one by the other service", () -> numbersHeard().contains(52));
    bridge.start();
    postNumber(53);
    TestDevice.await("the last one", () -> numbersHeard().contains(53));
    assertThat(numbersHeard()).isEqualTo(IntStream.rangeClosed(1, 53).boxed().toList());
  }

  @ParameterizedTest
  @EnumSource
  void shouldSayWhatJsonNeeds(Kind kind) throws Exception {
    start(kind);
    framework.start("org.apache.felix.gogo.runtime");
    Bundle bridge = framework.startBridge();
    assertThatThrownBy(() -> framework.shell("bus:post com/acme/THING '{\"size\": 3}'"))
        .hasMessageContaining("jackson-core")
        .hasMessageContaining("refresh");

    framework.install("jackson-core");
    framework.refresh(bridge);
    assertThat(framework.shell("bus:post com/acme/THING '{\"size\": 3}'")).contains("published as");
  }
}
