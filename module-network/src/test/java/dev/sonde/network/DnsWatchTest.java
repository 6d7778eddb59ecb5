package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.event.network.DnsQuery;
import dev.sonde.event.network.DnsResponse;
import dev.sonde.event.network.DnsTransport;
import dev.sonde.event.network.MdnsQuery;
import dev.sonde.event.network.MdnsResponse;
import dev.sonde.event.network.NetworkAlert;
import dev.sonde.network.SampleIp.Endpoint;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DnsWatchTest {

  private static final Endpoint CLIENT = new Endpoint("192.0.2.10", 50_000);
  private static final Endpoint SERVER = new Endpoint("192.0.2.1", 53);
  private static final Endpoint MULTICAST = new Endpoint("224.0.0.251", 5353);
  private static final Endpoint PRINTER = new Endpoint("192.0.2.40", 5353);
  private static final byte[] QUERY = SampleDns.query(7, "a.example", SampleDns.A);
  private static final byte[] RESPONSE =
      SampleDns.response(7, "a.example", SampleDns.A, "192.0.2.99");

  private final Heard heard = new Heard();

  @Test
  void shouldTellHowLongAnAnswerTook() {
    heard.ip(SampleIp.udp(CLIENT, SERVER, QUERY));
    heard.later(Duration.ofMillis(24)).ip(SampleIp.udp(SERVER, CLIENT, RESPONSE));
    heard.ip(SampleIp.udp(SERVER, CLIENT, RESPONSE));

    assertThat(heard.all(DnsResponse.class))
        .extracting(DnsResponse::roundTrip)
        .satisfiesExactly(
            first -> assertThat(first).contains(Duration.ofMillis(25)),
            repeated -> assertThat(repeated).isEmpty());
  }

  @Test
  void shouldReadMessagesOverTcpWhereverTheyAreCut() {
    byte[] stream = new PacketWriter().sized16(QUERY).sized16(QUERY).done();
    for (int cut = 1; cut < stream.length; cut++) {
      Heard each = new Heard();
      each.ip(tcp(CLIENT, SERVER, 1, Arrays.copyOf(stream, cut)));
      each.ip(tcp(CLIENT, SERVER, 1L + cut, Arrays.copyOfRange(stream, cut, stream.length)));

      assertThat(each.all(DnsQuery.class))
          .hasSize(2)
          .allMatch(query -> query.transport() == DnsTransport.TCP)
          .allMatch(query -> query.name().equals("a.example"));
    }
  }

  @Test
  void shouldCountAFrameOnceHoweverManyMessagesItHolds() {
    byte[] stream = new PacketWriter().sized16(QUERY).sized16(QUERY).done();
    heard.ip(tcp(CLIENT, SERVER, 1, stream));
    heard.ip(tcp(SERVER, CLIENT, 1, new PacketWriter().sized16(RESPONSE).done()));

    assertThat(heard.statistics.get(Counter.DNS_QUERY)).isEqualTo(1);
    assertThat(heard.statistics.get(Counter.DNS_RESPONSE)).isEqualTo(1);
    assertThat(heard.only(DnsResponse.class).roundTrip()).isPresent();
  }

  @Test
  void shouldTellMulticastDns() {
    byte[] question = SampleDns.multicastQuery("_ipp._tcp.local", SampleDns.PTR);
    byte[] answer = SampleDns.multicastPointer("_ipp._tcp.local", "printer._ipp._tcp.local");
    heard.ip(SampleIp.udp(new Endpoint("192.0.2.10", 5353), MULTICAST, question));
    heard.ip(SampleIp.udp(PRINTER, MULTICAST, answer));

    assertThat(heard.only(MdnsQuery.class).name()).isEqualTo("_ipp._tcp.local");
    assertThat(heard.only(MdnsResponse.class).name()).isEqualTo("_ipp._tcp.local");
    assertThat(heard.only(MdnsResponse.class).type()).isEqualTo("PTR");
    assertThat(heard.only(MdnsResponse.class).roundTrip()).contains(Duration.ofMillis(1));
    assertThat(heard.statistics.get(Counter.MDNS)).isEqualTo(2);
    assertThat(heard.statistics.get(Counter.DNS_QUERY)).isZero();
  }

  @Test
  void shouldAlertWhereNamesCarryMuch() {
    for (int i = 0; i < 60; i++) {
      String data = "%060x".formatted(i);
      heard.ip(SampleIp.udp(CLIENT, SERVER, SampleDns.query(i, data + ".t.example", 16)));
    }

    NetworkAlert alert = heard.only(NetworkAlert.class);
    assertThat(alert.kind()).isEqualTo(NetworkAlert.Kind.DNS_TUNNELLING);
    assertThat(alert.subject()).isEqualTo("t.example");
  }

  private static byte[] tcp(Endpoint from, Endpoint to, long sequence, byte[] payload) {
    return SampleIp.tcp(from, to, sequence, 1, SampleIp.PUSH_ACK, payload);
  }
}
