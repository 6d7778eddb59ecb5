package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Subscription;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the JDK Flight Recorder hears of the bus.
class RecordingTest {

  /// Not of the buses of tests before this one, which may still have something to say.
  private static final Set<String> MODULES = Set.of("recorded", "recorded-slowly");

  @TempDir Path folder;

  private final Device device = new Device();

  @AfterEach
  void close() {
    device.close();
  }

  private long publish(Event event) {
    return device.bus.publish("recorded", event, Envelope.NO_CAUSE);
  }

  private Path stop(Recording recording) throws IOException {
    Path file = folder.resolve("bus.jfr");
    recording.stop();
    recording.dump(file);
    return file;
  }

  private static List<RecordedEvent> events(Path file, String name) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .filter(event -> MODULES.contains(event.getString("module")))
        .toList();
  }

  @Test
  void shouldRecordWhoPublishedWhat() throws IOException {
    device.module("one", context -> context.on(Number.class, (number, at) -> {}));
    device.module("two", context -> context.on(Number.class, (number, at) -> {}));
    try (Recording recording = new Recording()) {
      recording.enable("dev.sonde.Publish").withoutThreshold();
      recording.start();
      long sequence = publish(new Number(1));
      publish(new Text("unheard"));
      List<RecordedEvent> published = events(stop(recording), "dev.sonde.Publish");
      assertThat(published).hasSize(2);
      RecordedEvent first = published.getFirst();
      assertThat(first.getString("topic")).isEqualTo("test/NUMBER");
      assertThat(first.getString("module")).isEqualTo("recorded");
      assertThat(first.getLong("sequence")).isEqualTo(sequence);
      assertThat(first.getLong("causedBy")).isZero();
      assertThat(first.getInt("inboxes")).isEqualTo(2);
      assertThat(published.getLast().getInt("inboxes")).isZero();
      assertThat(first.getEventType().getCategoryNames()).containsExactly("Sonde", "Bus");
      assertThat(first.getEventType().getLabel()).isEqualTo("Publish");
    }
  }

  @Test
  void shouldNotRecordEachPublishUnlessAsked() throws IOException {
    try (Recording recording = new Recording()) {
      recording.start();
      publish(new Number(1));
      assertThat(events(stop(recording), "dev.sonde.Publish")).isEmpty();
    }
  }

  @Test
  void shouldRecordDeliveriesAndWhatWasMissed() throws IOException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    device.module(
        "recorded-slowly",
        context ->
            context.on(
                Subscription.to(Number.class).named("numbers").capacity(2),
                (number, at) -> {
                  entered.countDown();
                  Awaiting.latch(leave);
                  if (number.value() == 4) {
                    throw new IllegalStateException("thrown on purpose");
                  }
                }));
    try (Recording recording = new Recording()) {
      recording.enable("dev.sonde.Delivery").withThreshold(Duration.ZERO);
      recording.enable("dev.sonde.Lag");
      recording.start();
      long first = publish(new Number(0));
      Awaiting.latch(entered);
      for (int i = 1; i <= 4; i++) {
        publish(new Number(i));
      }
      leave.countDown();
      device.awaitQuiet();
      Path file = stop(recording);
      List<RecordedEvent> deliveries = events(file, "dev.sonde.Delivery");
      assertThat(deliveries)
          .extracting(event -> event.getLong("sequence"))
          .containsExactly(first, first + 3, first + 4);
      assertThat(deliveries)
          .allSatisfy(
              event -> {
                assertThat(event.getString("module")).isEqualTo("recorded-slowly");
                assertThat(event.getString("subscription")).isEqualTo("numbers");
                assertThat(event.getString("topic")).isEqualTo("test/NUMBER");
                assertThat(event.getThread().getJavaName()).isEqualTo("sonde-recorded-slowly");
              });
      assertThat(deliveries.getFirst().getDuration()).isPositive();
      assertThat(events(file, "dev.sonde.Lag"))
          .singleElement()
          .satisfies(
              lag -> {
                assertThat(lag.getString("module")).isEqualTo("recorded-slowly");
                assertThat(lag.getString("subscription")).isEqualTo("numbers");
                assertThat(lag.getLong("missed")).isEqualTo(2);
              });
    }
  }
}
