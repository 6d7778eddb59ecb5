package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.event.network.RawText;
import dev.sonde.event.network.TlsClientHello;
import dev.sonde.network.SampleIp.Endpoint;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TlsWatchTest {

  private static final Endpoint CLIENT = new Endpoint("192.0.2.10", 50_000);
  private static final Endpoint SERVER = new Endpoint("198.51.100.7", 443);
  private static final byte[] HELLO =
      SampleTls.clientHello("www.example", new SplittableRandom(443));
  private static final long BEGIN = 0xFFFF_FFF0L;

  private final Heard heard = new Heard();

  @Test
  void shouldTellWhoIsMeant() {
    segment(0, HELLO.length);

    TlsClientHello hello = heard.only(TlsClientHello.class);
    assertThat(hello.serverName()).isEqualTo(RawText.of("www.example"));
    assertThat(hello.alpn()).containsExactly(RawText.of("h2"));
    assertThat(hello.version()).isEqualTo("TLS 1.3");
    assertThat(hello.encryptedClientHello()).isFalse();
    assertThat(hello.client().getHostAddress()).isEqualTo("192.0.2.10");
    assertThat(hello.serverPort()).isEqualTo(443);
  }

  @Test
  void shouldPutSegmentsTogetherWhereverTheyAreCut() {
    for (int cut = 6; cut < HELLO.length; cut++) {
      Heard each = new Heard();
      each.ip(tcp(0, cut)).ip(tcp(cut, HELLO.length));

      assertThat(each.only(TlsClientHello.class).serverName()).hasToString("www.example");
      assertThat(each.statistics.get(Counter.TLS_CLIENT_HELLO)).isEqualTo(1);
    }
  }

  @Test
  void shouldPutSegmentsTogetherThatComeOutOfOrderOrTwice() {
    segment(0, 40);
    segment(80, HELLO.length);
    segment(0, 40);
    segment(30, 60);
    assertThat(heard.all(TlsClientHello.class)).isEmpty();
    segment(60, 80);

    assertThat(heard.only(TlsClientHello.class).serverName()).hasToString("www.example");
  }

  @Test
  void shouldCountARepeatedSegmentOnce() {
    segment(0, HELLO.length);
    segment(0, HELLO.length);

    assertThat(heard.statistics.get(Counter.TLS_CLIENT_HELLO)).isEqualTo(1);
  }

  @Test
  void shouldCountTheSecondHelloAfterARetry() {
    segment(0, HELLO.length);
    byte[] changeCipher = {20, 3, 3, 0, 1, 1};
    byte[] again = new PacketWriter().bytes(changeCipher).bytes(HELLO).done();
    heard.ip(SampleIp.tcp(CLIENT, SERVER, BEGIN + HELLO.length, 1, SampleIp.PUSH_ACK, again));

    assertThat(heard.statistics.get(Counter.TLS_CLIENT_HELLO)).isEqualTo(2);
    assertThat(heard.statistics.get(Counter.TLS_SNI_UNIQUE)).isEqualTo(1);
  }

  @Test
  void shouldSurviveEveryHelloWithOneByteChanged() {
    for (int at = 0; at < HELLO.length; at++) {
      for (int value : new int[] {0, 1, 0x7F, 0x80, 0xFF}) {
        byte[] changed = HELLO.clone();
        changed[at] = (byte) value;
        new Heard().ip(SampleIp.tcp(CLIENT, SERVER, 1, 1, SampleIp.PUSH_ACK, changed));
      }
    }
  }

  private void segment(int from, int end) {
    heard.ip(tcp(from, end));
  }

  private static byte[] tcp(int from, int end) {
    byte[] part = Arrays.copyOfRange(HELLO, from, end);
    return SampleIp.tcp(CLIENT, SERVER, (BEGIN + from) & 0xFFFF_FFFFL, 1, SampleIp.PUSH_ACK, part);
  }
}
