package dev.sonde.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.event.network.CaptureStatistics;
import dev.sonde.event.network.MacAddress;
import dev.sonde.event.network.RawText;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {

  @Test
  void shouldKeepBytesApartFromTheArrayTheyCameFrom() {
    byte[] array = {1, 2, 3, 4};
    Bytes bytes = Bytes.copyOf(array);
    array[0] = 9;
    bytes.toArray()[1] = 9;
    assertThat(bytes).isEqualTo(Bytes.fromHex("01020304"));
    assertThat(bytes.asBuffer().isReadOnly()).isTrue();
  }

  @Test
  void shouldCompareSlicesByContent() {
    Bytes bytes = Bytes.fromHex("0001020304");
    assertThat(bytes.slice(1, 2))
        .isEqualTo(Bytes.fromHex("0102"))
        .hasSameHashCodeAs(Bytes.fromHex("0102"));
    assertThat(bytes.slice(1, 3).slice(1, 1).get(0)).isEqualTo((byte) 2);
    assertThat(bytes.slice(2, 0)).isSameAs(Bytes.EMPTY);
    assertThat(Bytes.copyOf(ByteBuffer.wrap(new byte[] {5, 6}).position(1)))
        .isEqualTo(Bytes.fromHex("06"));
    assertThatThrownBy(() -> bytes.slice(3, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.slice(1, 2).get(2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shouldShowLongBytesShortened() {
    assertThat(Bytes.copyOf(new byte[100])).hasToString("00".repeat(32) + "… (100 bytes)");
  }

  @Test
  void shouldMatchTopicsAsEventAdminDoes() {
    assertThat(TopicPattern.of("a/b").matches("a/b")).isTrue();
    assertThat(TopicPattern.of("a/b").matches("a/b/c")).isFalse();
    assertThat(TopicPattern.of("a/b/*").matches("a/b/c/d")).isTrue();
    assertThat(TopicPattern.of("a/b/*").matches("a/b")).isFalse();
    assertThat(TopicPattern.of("a/b/*").matches("a/bc")).isFalse();
    assertThat(TopicPattern.of("*").matches("a")).isTrue();
    for (String wrong : new String[] {"", "a*", "a/*/b", "/a", "a/", "a//b", "ä/b", "a b", "**"}) {
      assertThatThrownBy(() -> TopicPattern.of(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldKeepSubscriptionsUnchanged() {
    Subscription<Event> base = Subscription.of("a").topics("x/*");
    Subscription<Event> changed = base.capacity(5).latest().except("x/y");
    assertThat(base.capacity()).isEqualTo(Subscription.DEFAULT_CAPACITY);
    assertThat(base.exceptions()).isEmpty();
    assertThat(changed.capacity()).isEqualTo(5);
    assertThat(changed.overflow()).isEqualTo(Overflow.LATEST);
    assertThat(changed.exceptions()).containsExactly("x/y");
  }

  @Test
  void shouldNameASubscriptionByWhatItWantsInOneOrder() {
    assertThat(Subscription.to(PlainEvent.class).topics("b/*", "a").name())
        .isEqualTo(Subscription.to(PlainEvent.class).topics("a", "b/*").name());
    assertThat(Subscription.to(PlainEvent.class).except("a").name())
        .isNotEqualTo(Subscription.to(PlainEvent.class).name());
    assertThatThrownBy(() -> Subscription.of(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Subscription.of("a").capacity(0))
        .hasMessageContaining("1 to 1,048,576");
  }

  @Test
  void shouldKeepTimesBeforeTheEpoch() {
    assertThat(new Envelope(1, -1, "a", "m", 0, new PlainEvent("a", Map.of())).time())
        .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
  }

  @Test
  void shouldCopyAndCheckPlainEvents() {
    Map<String, Object> properties = new HashMap<>(Map.of("a", 1));
    PlainEvent event = new PlainEvent("a/b", properties);
    properties.clear();
    assertThat(event.properties()).containsEntry("a", 1);
    assertThatThrownBy(() -> new PlainEvent("a/*", Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldReadMacAddressesAsItWritesThem() {
    MacAddress mac = MacAddress.parse("02:00:5e:10:00:ff");
    assertThat(mac)
        .hasToString("02:00:5e:10:00:ff")
        .isEqualTo(MacAddress.of(Bytes.fromHex("02005e1000ff")));
    assertThat(mac.isLocal()).isTrue();
    assertThat(mac.isGroup()).isFalse();
    assertThat(new MacAddress(0xFFFF_FFFF_FFFFL).isGroup()).isTrue();
    assertThatThrownBy(() -> new MacAddress(1L << 48)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MacAddress.parse("02:00:5e"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldShowTextOfOthersWithoutHarmAndReadItBack() {
    RawText text = new RawText(Bytes.fromHex("636166c3a91b5b326a5cff00e282ac"));
    assertThat(text).hasToString("caf\u00e9\\x1b[2j\\x5c\\xff\\x00\u20ac");
    assertThat(RawText.parse(text.toString())).isEqualTo(text);
    assertThat(RawText.parse("\ud83d\udce1")).hasToString("\ud83d\udce1");
    assertThat(RawText.of("a\u202eb")).hasToString("a\\xe2\\x80\\xaeb");
    assertThatThrownBy(() -> RawText.parse("a\\n")).isInstanceOf(IllegalArgumentException.class);
    for (int first = 0; first < 256; first++) {
      Bytes bytes = Bytes.copyOf(new byte[] {(byte) first, 'a', (byte) first, (byte) 0x80});
      assertThat(RawText.parse(new RawText(bytes).toString()).bytes()).isEqualTo(bytes);
    }
  }

  @Test
  void shouldBuildFiguresByName() {
    CaptureStatistics figures = CaptureStatistics.of("s", Map.of("tls_sni", 3L));
    assertThat(figures.tls_sni()).isEqualTo(3);
    assertThat(figures.figures()).containsEntry("tls_sni", 3L).containsEntry("arp", 0L);
    assertThat(CaptureStatistics.of("s", figures.figures())).isEqualTo(figures);
    assertThatThrownBy(() -> CaptureStatistics.of("s", Map.of("none", 1L)))
        .hasMessageContaining("none");
  }
}
