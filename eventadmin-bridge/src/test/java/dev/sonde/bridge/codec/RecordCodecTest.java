package dev.sonde.bridge.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bus.Bytes;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.Topic;
import dev.sonde.bus.spi.EventFormatException;
import dev.sonde.event.network.MacAddress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

  enum Colour {
    RED,
    GREEN
  }

  record Inner(String name, int size) {}

  @Topic("test/EVERYTHING")
  record Everything(
      boolean flag,
      byte small,
      int number,
      long big,
      double real,
      char letter,
      String text,
      Colour colour,
      Instant when,
      Duration length,
      InetAddress address,
      Path path,
      MacAddress mac,
      Bytes bytes,
      Optional<String> there,
      Optional<String> absent,
      List<Inner> inners,
      Set<Integer> numbers,
      Map<String, Long> counts)
      implements Event {}

  private static Everything everything() {
    return new Everything(
        true,
        (byte) -3,
        42,
        Long.MAX_VALUE,
        Double.NaN,
        'ß',
        "tab\t \"quote\" \u0000 \uD83D\uDE00 lone \uD83D end",
        Colour.GREEN,
        Instant.parse("2026-01-31T12:00:00.123456789Z"),
        Duration.ofMillis(1500),
        InetAddress.ofLiteral("2001:db8::1"),
        Path.of("a/b"),
        MacAddress.parse("02:00:5e:10:00:01"),
        Bytes.copyOf(new byte[] {0, -1, 127}),
        Optional.of("x"),
        Optional.empty(),
        List.of(new Inner("a", 1), new Inner("b", 2)),
        Set.of(7),
        Map.of("n", 9L));
  }

  @Test
  void shouldGiveBackWhatItTookApart() throws EventFormatException {
    Everything event = everything();
    assertThat(RecordCodec.fromComponents(Everything.class, RecordCodec.components(event)))
        .isEqualTo(event);
  }

  @Test
  void shouldGiveBackWhatItWroteAsJson() throws EventFormatException {
    Everything event = everything();
    String json = JsonText.write(RecordCodec.components(event));
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    Map<String, Object> read = JsonText.readObject(new String(utf8, StandardCharsets.UTF_8));
    assertThat(json).doesNotContain("\n");
    assertThat(RecordCodec.fromComponents(Everything.class, read)).isEqualTo(event);
  }

  @Test
  void shouldWriteTheEnvelopeInItsDocumentedForm() {
    Envelope envelope =
        new Envelope(
            12,
            1_769_860_800_000_500L,
            "a/B",
            "network",
            11,
            new PlainEvent("a/B", Map.of("x", 1)));
    assertThat(JsonText.write(envelope, Codec.componentsOf(envelope.event())))
        .isEqualTo(
            "{\"seq\":12,\"time\":\"2026-01-31T12:00:00.000500Z\",\"topic\":\"a/B\","
                + "\"module\":\"network\",\"causedBy\":11,\"event\":{\"x\":1}}");
  }

  @Test
  void shouldNameTheComponentThatDoesNotFit() {
    assertThatThrownBy(
            () -> RecordCodec.fromComponents(Inner.class, Map.of("name", "a", "size", "many")))
        .isInstanceOf(EventFormatException.class)
        .hasMessage("size is 'many'; expected a whole number from -2147483648 to 2147483647");
    assertThatThrownBy(() -> RecordCodec.fromComponents(Inner.class, Map.of("size", 1)))
        .hasMessage("name is missing; expected text");
    assertThatThrownBy(
            () -> RecordCodec.fromComponents(Inner.class, Map.of("name", "a", "size", 1L << 40)))
        .hasMessageContaining("size is 1099511627776");
    assertThatThrownBy(
            () -> RecordCodec.fromComponents(Inner.class, Map.of("name", "a", "size", 1.5)))
        .hasMessageContaining("size is 1.5");
  }

  @Test
  void shouldSayWhereJsonIsWrong() {
    assertThatThrownBy(() -> JsonText.readObject("{\"a\": }"))
        .isInstanceOf(EventFormatException.class)
        .hasMessageStartingWith("No JSON at column 7");
    assertThatThrownBy(() -> JsonText.readObject("[1]")).hasMessageContaining("JSON object");
    assertThatThrownBy(() -> JsonText.readObject("{} {}")).hasMessageContaining("follows");
    assertThatThrownBy(() -> JsonText.readObject("[".repeat(100_000)))
        .isInstanceOf(EventFormatException.class);
  }

  @Test
  void shouldNotLookUpNames() {
    record Host(InetAddress address) {}
    assertThatThrownBy(
            () -> RecordCodec.fromComponents(Host.class, Map.of("address", "host.example")))
        .hasMessage("address is 'host.example'; expected an IP address");
  }
}
