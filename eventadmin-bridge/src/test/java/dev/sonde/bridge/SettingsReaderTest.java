package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Setting;
import dev.sonde.event.module.ConfigurationRejected;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {

  enum Mode {
    FAST,
    EXACT
  }

  record Settings(
      @Setting("auto") String source,
      @Setting(value = "65535", min = 64, max = 262144, unit = "bytes") int snapLengthBytes,
      @Setting(value = "1s", min = 100) Duration period,
      @Setting("exact") Mode mode,
      @Setting("true") boolean promiscuous,
      @Setting("") List<String> names,
      @Setting("0.5") double share,
      @Setting("log") Path folder) {}

  private final SettingsReader<Settings> reader = new SettingsReader<>(Settings.class);

  private Settings read(Map<String, String> values) {
    return reader.read(values, Optional.empty());
  }

  @Test
  void shouldReadDefaultsWithoutAFile() {
    assertThat(read(Map.of()))
        .isEqualTo(
            new Settings(
                "auto",
                65_535,
                Duration.ofSeconds(1),
                Mode.EXACT,
                true,
                List.of(),
                0.5,
                Path.of("log")));
    assertThat(reader.problems()).isEmpty();
  }

  @Test
  void shouldReadEveryType() {
    Settings read =
        read(
            Map.of(
                "source", "pcap:a b.pcap",
                "snapLengthBytes", "128",
                "period", "250ms",
                "mode", "Fast",
                "promiscuous", "off",
                "names", "a, b",
                "share", "1e-3",
                "folder", "/tmp/x"));
    assertThat(reader.problems()).isEmpty();
    assertThat(read.names()).containsExactly("a", "b");
    assertThat(read.mode()).isEqualTo(Mode.FAST);
    assertThat(read.period()).isEqualTo(Duration.ofMillis(250));
    assertThat(read.promiscuous()).isFalse();
  }

  @Test
  void shouldNameEachValueThatDoesNotFitAndKeepTheLastGoodOne() {
    Settings good = read(Map.of("snapLengthBytes", "100", "period", "5s"));
    Settings read =
        reader.read(
            Map.of(
                "snapLengthBytes", "12",
                "period", "soon",
                "mode", "slow",
                "share", "half",
                "promisc", "true",
                "service.pid", "x"),
            Optional.of(good));
    assertThat(read).isEqualTo(good);
    assertThat(reader.problems())
        .extracting(SettingsReader.Problem::key)
        .containsExactlyInAnyOrder("snapLengthBytes", "period", "mode", "share", "promisc");
    assertThat(reader.problems())
        .extracting(SettingsReader.Problem::text)
        .contains(
            "is 12 bytes; expected 64 to 262144 bytes", "is 'slow'; expected one of fast, exact");
  }

  record Valve(boolean open) {
    static Valve parse(String text) {
      return switch (text) {
        case "open" -> new Valve(true);
        case "shut" -> new Valve(false);
        default -> throw new IllegalArgumentException("is '" + text + "'; expected open or shut");
      };
    }
  }

  record Garden(@Setting("shut") Valve valve, @Setting("") List<Valve> others) {}

  @Test
  void shouldReadTypesOfTheModule() {
    SettingsReader<Garden> garden = new SettingsReader<>(Garden.class);
    Garden good = garden.read(Map.of("valve", "open", "others", "shut, open"), Optional.empty());
    assertThat(good)
        .isEqualTo(new Garden(new Valve(true), List.of(new Valve(false), new Valve(true))));

    assertThat(garden.read(Map.of("valve", "ajar"), Optional.of(good)).valve())
        .isEqualTo(new Valve(true));
    assertThat(garden.problems())
        .containsExactly(new SettingsReader.Problem("valve", "is 'ajar'; expected open or shut"));
  }

  record Bad(@Setting(value = "5", max = 3) int count) {}

  record Unmarked(int count) {}

  @Test
  void shouldRefuseARecordThatIsNotMadeForIt() {
    assertThatThrownBy(() -> new SettingsReader<>(Bad.class).read(Map.of(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("default of count");
    assertThatThrownBy(() -> new SettingsReader<>(Unmarked.class).read(Map.of(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("@Setting");
  }

  @Test
  void shouldTellAModuleOfChangesOnItsThreadAndRejectWithFileAndLine() {
    try (Device device = new Device()) {
      var first = new CompletableFuture<Settings>();
      var changed = new CompletableFuture<Settings>();
      var thread = new CompletableFuture<String>();
      device.module(
          "set",
          (ModuleContext context) ->
              first.complete(
                  context.config(
                      Settings.class,
                      settings -> {
                        thread.complete(Thread.currentThread().getName());
                        changed.complete(settings);
                      })));
      assertThat(first.join().source()).isEqualTo("auto");
      device.values.put(
          "set",
          Map.of(
              "source", "sample",
              "period", "never",
              "sonde.file", "conf/set.cfg",
              "sonde.line.period", "7"));
      device.configurations.changed("set");
      assertThat(changed.join().source()).isEqualTo("sample");
      assertThat(changed.join().period()).isEqualTo(Duration.ofSeconds(1));
      assertThat(thread.join()).isEqualTo("sonde-set");
      assertThat(device.rejections)
          .containsExactly(
              new ConfigurationRejected(
                  "set",
                  "conf/set.cfg",
                  7,
                  "period",
                  "is 'never'; expected a duration such as 250ms, 1s, 5m or 2h"));
    }
  }
}
