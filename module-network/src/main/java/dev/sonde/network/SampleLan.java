package dev.sonde.network;

import dev.sonde.network.SampleIp.Endpoint;
import java.util.List;

/// The wired half of the sample: a small house whose devices get addresses, look each other up, ask
/// for names and visit servers.
final class SampleLan {

  private static final String NETWORK = "192.0.2";
  private static final SampleHost ROUTER = SampleHost.of(0x01, NETWORK, 1);
  private static final SampleHost DESK = SampleHost.of(0x10, NETWORK, 10);
  private static final SampleHost LAPTOP = SampleHost.of(0x11, NETWORK, 11);
  private static final SampleHost TELEPHONE = SampleHost.of(0x12, NETWORK, 12);
  private static final SampleHost TELEVISION = SampleHost.of(0x13, NETWORK, 13);
  private static final SampleHost PRINTER = SampleHost.of(0x20, NETWORK, 20);
  private static final SampleHost STORAGE = SampleHost.of(0x21, NETWORK, 21);

  private static final int DNS_PORT = 53;
  private static final int HTTPS_PORT = 443;
  private static final int NTP_PORT = 123;
  private static final int MDNS_PORT = 5353;
  private static final String MDNS_GROUP = "224.0.0.251";
  private static final long MDNS_MAC = 0x0100_5E00_00FBL;
  private static final int LEAST_FRAME_BYTES = 60;

  private final SampleScript script;
  private int nextPort = 49_152;
  private int nextId = 0x1D01;

  private SampleLan(SampleScript script) {
    this.script = script;
  }

  static void play(SampleScript script) {
    SampleLan lan = new SampleLan(script);
    lan.arrivals();
    lan.neighbours();
    lan.visits();
    lan.small();
  }

  private void arrivals() {
    dhcp(2.0, TELEPHONE, "telephone");
    arp(2.6, SampleArp.announce(TELEPHONE), TELEPHONE.mac(), SampleHost.BROADCAST);
    dhcp(21.0, TELEVISION, "television");
    arp(21.5, SampleArp.announce(TELEVISION), TELEVISION.mac(), SampleHost.BROADCAST);
  }

  private void dhcp(double at, SampleHost client, String name) {
    double time = at;
    for (byte[] message : SampleDhcp.lease(client, ROUTER, name)) {
      boolean fromClient = message[0] == SampleDhcp.REQUEST;
      Endpoint clientEnd = new Endpoint(fromClient ? "0.0.0.0" : "255.255.255.255", 68);
      Endpoint serverEnd = new Endpoint(fromClient ? "255.255.255.255" : ROUTER.ip(), 67);
      byte[] packet =
          fromClient
              ? SampleIp.udp(clientEnd, serverEnd, message)
              : SampleIp.udp(serverEnd, clientEnd, message);
      long source = fromClient ? client.mac() : ROUTER.mac();
      frame(time, source, SampleHost.BROADCAST, EtherType.IPV4, packet);
      time += script.about(0.04);
    }
  }

  private void neighbours() {
    List<SampleHost> hosts = List.of(DESK, LAPTOP, TELEPHONE, TELEVISION, PRINTER, STORAGE);
    for (int i = 0; i < hosts.size(); i++) {
      lookUp(0.4 + i, hosts.get(i), ROUTER);
      lookUp(23.2 + i * 1.7, ROUTER, hosts.get(i));
    }
    lookUp(9.1, DESK, STORAGE);
    lookUp(14.4, LAPTOP, PRINTER);
    for (int i = 0; i < 3; i++) {
      byte[] nobody = SampleArp.request(DESK, NETWORK + ".77");
      arp(17 + i, nobody, DESK.mac(), SampleHost.BROADCAST);
    }
  }

  private void lookUp(double at, SampleHost asks, SampleHost asked) {
    arp(at, SampleArp.request(asks, asked.ip()), asks.mac(), SampleHost.BROADCAST);
    double answered = at + script.about(0.0006);
    arp(answered, SampleArp.reply(asked, asks), asked.mac(), asks.mac());
  }

  private void visits() {
    visit(3.1, LAPTOP, "news.example", "198.51.100.10", "2001:db8:10::10");
    visit(4.7, TELEPHONE, "mail.harbour.example", "203.0.113.25", "2001:db8:25::1");
    visit(6.2, DESK, "updates.sonde.example", "198.51.100.44", "2001:db8:44::1");
    visit(8.8, LAPTOP, "cdn.pictures.example", "203.0.113.80", "2001:db8:80::8");
    visit(11.3, TELEPHONE, "weather.example", "198.51.100.61", "2001:db8:61::1");
    visit(13.9, DESK, "wiki.library.example", "203.0.113.90", "2001:db8:90::2");
    visit(18.4, LAPTOP, "shop.example", "198.51.100.120", "2001:db8:120::1");
    visit(22.6, TELEVISION, "films.example", "203.0.113.200", "2001:db8:200::4");
    visit(25.0, TELEPHONE, "maps.example", "198.51.100.77", "2001:db8:77::1");
    visit(28.1, DESK, "code.workshop.example", "203.0.113.33", "2001:db8:33::1");
    visit(31.5, LAPTOP, "radio.example", "198.51.100.9", "2001:db8:9::1");
    visit(35.2, TELEVISION, "films.example", "203.0.113.200", "2001:db8:200::4");
    noSuchName(7.5, DESK, "old-printer.house.example");
    noSuchName(27.3, TELEPHONE, "nosuchhost.example");
  }

  private void visit(double at, SampleHost client, String name, String server, String server6) {
    double asked = at;
    for (int type : new int[] {SampleDns.A, SampleDns.AAAA}) {
      int id = nextId++;
      byte[] query = SampleDns.query(id, name, type);
      String address = type == SampleDns.A ? server : server6;
      byte[] response = SampleDns.response(id, name, type, address);
      exchange(asked, client, new Endpoint(ROUTER.ip(), DNS_PORT), query, response);
      asked += script.about(0.002);
    }
    conversation(asked + script.about(0.05), client, name, server);
  }

  private void noSuchName(double at, SampleHost client, String name) {
    int id = nextId++;
    byte[] query = SampleDns.query(id, name, SampleDns.A);
    byte[] response = SampleDns.noSuchName(id, name, SampleDns.A);
    exchange(at, client, new Endpoint(ROUTER.ip(), DNS_PORT), query, response);
  }

  /// A question by UDP and its answer, by way of the router.
  private void exchange(
      double at, SampleHost client, Endpoint server, byte[] question, byte[] answer) {
    Endpoint from = new Endpoint(client.ip(), nextPort++);
    outward(at, client, SampleIp.udp(from, server, question));
    inward(at + script.about(0.018), client, SampleIp.udp(server, from, answer));
  }

  /// A TLS conversation over TCP, from the first segment to the last.
  private void conversation(double at, SampleHost client, String name, String server) {
    byte[] hello = SampleTls.clientHello(name, script.random());
    SampleTcp tcp =
        new SampleTcp(
            new Endpoint(client.ip(), nextPort++),
            new Endpoint(server, HTTPS_PORT),
            script.random());
    double time = at;
    for (SampleTcp.Segment segment : tcp.conversation(hello)) {
      if (segment.fromClient()) {
        outward(time, client, segment.packet());
      } else {
        inward(time, client, segment.packet());
      }
      time += script.about(0.03);
    }
  }

  private void small() {
    for (int i = 0; i < 12; i++) {
      echo(9.2 + i, i);
    }
    Endpoint clock = new Endpoint("198.51.100.123", NTP_PORT);
    byte[] ask = new PacketWriter().u8(0x23).zeros(47).done();
    byte[] tell = new PacketWriter().u8(0x24).u8(2).zeros(46).done();
    exchange(12.0, DESK, clock, ask, tell);
    exchange(32.0, STORAGE, clock, ask, tell);
    multicast(1.5, PRINTER, SampleDns.multicastPointer("_ipp._tcp.local", "press._ipp._tcp.local"));
    multicast(14.0, LAPTOP, SampleDns.multicastQuery("_ipp._tcp.local", SampleDns.PTR));
    multicast(
        14.1, PRINTER, SampleDns.multicastPointer("_ipp._tcp.local", "press._ipp._tcp.local"));
  }

  private void echo(double at, int sequence) {
    byte[] ask = SampleIp.echo(8, DESK.ip(), STORAGE.ip(), sequence);
    byte[] answer = SampleIp.echo(0, STORAGE.ip(), DESK.ip(), sequence);
    frame(at, DESK.mac(), STORAGE.mac(), EtherType.IPV4, ask);
    double answered = at + script.about(0.0004);
    frame(answered, STORAGE.mac(), DESK.mac(), EtherType.IPV4, answer);
  }

  private void multicast(double at, SampleHost from, byte[] message) {
    Endpoint end = new Endpoint(from.ip(), MDNS_PORT);
    byte[] packet = SampleIp.udp(end, new Endpoint(MDNS_GROUP, MDNS_PORT), message);
    frame(at, from.mac(), MDNS_MAC, EtherType.IPV4, packet);
  }

  private void outward(double at, SampleHost client, byte[] packet) {
    frame(at, client.mac(), ROUTER.mac(), EtherType.IPV4, packet);
  }

  private void inward(double at, SampleHost client, byte[] packet) {
    frame(at, ROUTER.mac(), client.mac(), EtherType.IPV4, packet);
  }

  private void arp(double at, byte[] packet, long from, long to) {
    frame(at, from, to, EtherType.ARP, packet);
  }

  private void frame(double at, long from, long to, int etherType, byte[] packet) {
    byte[] frame =
        new PacketWriter()
            .mac(to)
            .mac(from)
            .u16(etherType)
            .bytes(packet)
            .zeros(Math.max(0, LEAST_FRAME_BYTES - 14 - packet.length))
            .done();
    script.add(at, LinkType.ETHERNET, frame);
  }
}
