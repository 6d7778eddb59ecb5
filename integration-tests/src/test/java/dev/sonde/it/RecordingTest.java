package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the JDK Flight Recorder hears of a device: its classes lie in bundles, where the recorder's
/// own packages are not to be seen unless they are imported.
class RecordingTest {

  @TempDir Path home;

  @Test
  void shouldRecordTheBusAndTheStatesOfModules() throws Exception {
    Path file = home.resolve("device.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("dev.sonde.Publish").withoutThreshold();
      recording.enable("dev.sonde.Delivery").withoutThreshold();
      recording.start();
      try (TestDevice device =
          TestDevice.start(home, Map.of("sonde.config.network.source", "sample"))) {
        TestDevice.await(
            "the hardware module",
            () -> device.shell("module:info hardware").contains("state       ACTIVE"));
        device.shell("module:stop hardware");
        device.shell("bus:post com/acme/DOOR '{\"open\":true}'");
        TestDevice.await("the logger", () -> device.shell("log:tail").contains("com/acme/DOOR"));
      }
      recording.stop();
      recording.dump(file);
    }
    Map<String, List<RecordedEvent>> events = events(file);
    assertThat(events).containsKeys("dev.sonde.Publish", "dev.sonde.Delivery");
    assertThat(events.get("dev.sonde.ModuleState"))
        .filteredOn(event -> event.getString("module").equals("hardware"))
        .extracting(event -> event.getString("from") + " " + event.getString("to"))
        .containsSubsequence(
            "INSTALLED STARTING", "STARTING ACTIVE", "ACTIVE STOPPING", "STOPPING STOPPED");
    assertThat(events.get("dev.sonde.Publish"))
        .filteredOn(event -> event.getString("topic").equals("com/acme/DOOR"))
        .singleElement()
        .satisfies(event -> assertThat(event.getString("module")).isEqualTo("shell"));
    assertThat(events.get("dev.sonde.Delivery"))
        .filteredOn(event -> event.getString("topic").equals("com/acme/DOOR"))
        .extracting(event -> event.getString("module"))
        .contains("logger");
  }

  private static Map<String, List<RecordedEvent>> events(Path file) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("dev.sonde."))
        // Each thread's events lie together in the file.
        .sorted(Comparator.comparing(RecordedEvent::getStartTime))
        .collect(Collectors.groupingBy(event -> event.getEventType().getName()));
  }
}
