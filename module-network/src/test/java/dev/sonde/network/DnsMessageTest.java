package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DnsMessageTest {

  private static final int QUERY = 0x0100;
  private static final int RESPONSE = 0x8180;

  @Test
  void shouldReadAQuery() {
    DnsMessage message =
        DnsMessage.read(ByteView.of(SampleDns.query(0x1234, "www.News.example", 28)));

    assertThat(message.id()).isEqualTo(0x1234);
    assertThat(message.response()).isFalse();
    assertThat(message.name()).isEqualTo("www.News.example");
    assertThat(message.type()).isEqualTo("AAAA");
    assertThat(message.whole()).isTrue();
  }

  @Test
  void shouldReadAddressesOfAResponse() {
    DnsMessage message =
        DnsMessage.read(
            ByteView.of(SampleDns.response(1, "a.example", 1, "192.0.2.7", "192.0.2.9")));

    assertThat(message.response()).isTrue();
    assertThat(message.responseCode()).isEqualTo("NOERROR");
    assertThat(message.addresses())
        .containsExactly(InetAddress.ofLiteral("192.0.2.7"), InetAddress.ofLiteral("192.0.2.9"));
  }

  @Test
  void shouldReadAddressesBehindOtherRecords() {
    byte[] message =
        header(RESPONSE, 1, 2)
            .bytes(label("a"))
            .u8(0)
            .u16(28)
            .u16(1)
            .u16(0xC00C)
            .u16(5)
            .u16(1)
            .u32(60)
            .sized16(new byte[] {1, 'b', (byte) 0xC0, 12})
            .u16(0xC00C)
            .u16(28)
            .u16(1)
            .u32(60)
            .sized16(SampleIp.address("2001:db8::1"))
            .done();

    assertThat(DnsMessage.read(ByteView.of(message)).addresses())
        .containsExactly(InetAddress.ofLiteral("2001:db8::1"));
  }

  @Test
  void shouldNameUnknownNumbers() {
    byte[] message = header(0x818C, 1, 0).u8(0).u16(65_280).u16(1).done();

    DnsMessage read = DnsMessage.read(ByteView.of(message));

    assertThat(read.name()).isEmpty();
    assertThat(read.type()).isEqualTo("TYPE65280");
    assertThat(read.responseCode()).isEqualTo("RCODE12");
  }

  @Test
  void shouldEscapeBytesThatTextCanNotHold() {
    byte[] name = {6, 'a', '.', '\\', ' ', (byte) 0xE4, 0, 1, 'b', 0};

    assertThat(DnsName.read(ByteView.of(name), 0)).isEqualTo("a\\046\\092\\032\\228\\000.b");
    assertThat(DnsName.end(ByteView.of(name), 0)).isEqualTo(name.length);
  }

  @Test
  void shouldFollowPointersBack() {
    byte[] message = {1, 'b', 1, 'c', 0, 1, 'a', (byte) 0xC0, 2};

    assertThat(DnsName.read(ByteView.of(message), 5)).isEqualTo("a.c");
    assertThat(DnsName.end(ByteView.of(message), 5)).isEqualTo(9);
  }

  @Test
  void shouldRefusePointersThatLoop() {
    byte[][] loops = {
      {(byte) 0xC0, 0},
      {1, 'a', (byte) 0xC0, 0},
      {(byte) 0xC0, 2, (byte) 0xC0, 0},
      {1, 'a', (byte) 0xC0, 4, 1, 'b', (byte) 0xC0, 0},
    };
    for (byte[] loop : loops) {
      assertThatThrownBy(() -> DnsName.read(ByteView.of(loop), 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldRefuseNamesLongerThan255Bytes() {
    byte[] name = new byte[300];
    for (int at = 0; at < name.length; at += 2) {
      name[at] = 1;
    }
    assertThatThrownBy(() -> DnsName.read(ByteView.of(name), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldReadTheQuestionOfAMessageWhoseAnswersLie() {
    byte[] message =
        header(RESPONSE, 1, 0xFFFF).bytes(label("a")).u8(0).u16(1).u16(1).u16(0xC0FF).done();

    DnsMessage read = DnsMessage.read(ByteView.of(message));

    assertThat(read.name()).isEqualTo("a");
    assertThat(read.whole()).isFalse();
  }

  @Test
  void shouldReadEveryTruncationOrRefuseIt() {
    byte[] whole = SampleDns.response(1, "a.b.example", 1, "192.0.2.7", "192.0.2.9");
    for (int length = 0; length < DnsMessage.HEADER_BYTES; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> DnsMessage.read(ByteView.of(part)))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
    for (int length = DnsMessage.HEADER_BYTES; length < whole.length; length++) {
      assertThat(DnsMessage.read(ByteView.of(Arrays.copyOf(whole, length))).whole()).isFalse();
    }
  }

  @Test
  void shouldTellAQueryFromAResponseByItsFlagAlone() {
    assertThat(DnsMessage.read(ByteView.of(header(QUERY, 0, 0).done())).response()).isFalse();
    assertThat(DnsMessage.read(ByteView.of(header(RESPONSE, 0, 0).done())).response()).isTrue();
  }

  private static PacketWriter header(int flags, int questions, int answers) {
    return new PacketWriter().u16(7).u16(flags).u16(questions).u16(answers).u16(0).u16(0);
  }

  private static byte[] label(String text) {
    PacketWriter label = new PacketWriter().u8(text.length());
    text.chars().forEach(label::u8);
    return label.done();
  }
}
