package dev.sonde.network;

import dev.sonde.network.SampleIp.Endpoint;
import java.util.List;
import java.util.random.RandomGenerator;

/// The wireless half of the sample: four networks in one street, telephones that look for theirs, a
/// guest in an open one whose traffic all can read, and a resident in a secured one.
final class SampleWifi {

  private static final SampleAccessPoint HOUSE =
      new SampleAccessPoint(SampleHost.mac(0x40), "Maple House", 6, -47, true);
  private static final SampleAccessPoint CAFE =
      new SampleAccessPoint(SampleHost.mac(0x41), "Harbour Cafe", 1, -58, false);
  private static final SampleAccessPoint STUDIO =
      new SampleAccessPoint(SampleHost.mac(0x42), "Studio 5", 11, -71, true);
  private static final SampleAccessPoint HIDDEN =
      new SampleAccessPoint(SampleHost.mac(0x43), "", 6, -80, true);
  private static final List<SampleAccessPoint> ACCESS_POINTS = List.of(HOUSE, CAFE, STUDIO, HIDDEN);

  private static final String CAFE_NETWORK = "203.0.113";
  private static final SampleHost CAFE_ROUTER = SampleHost.of(0x41, CAFE_NETWORK, 1);
  private static final SampleHost GUEST = SampleHost.of(0x60, CAFE_NETWORK, 60);
  private static final long RESIDENT = SampleHost.mac(0x61);
  private static final long PASSER_BY = SampleHost.mac(0x62);

  private static final double BEACON_SECONDS = 0.1024;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_UP_BEFORE = 86_400 * MICROS_PER_SECOND;
  private static final int CLIENT_LEAVES = 3;
  private static final int NONCE_TO_MIC_BYTES = 80;

  /// Key information of the four messages: pair-wise, and what each of them carries.
  private static final int[] HANDSHAKE = {0x008A, 0x010A, 0x13CA, 0x030A};

  private final SampleScript script;
  private final SampleDot11 air = new SampleDot11();
  private final RandomGenerator random;

  private SampleWifi(SampleScript script) {
    this.script = script;
    this.random = script.random();
  }

  static void play(SampleScript script, double seconds) {
    SampleWifi wifi = new SampleWifi(script);
    ACCESS_POINTS.forEach(ap -> wifi.beacons(ap, seconds));
    wifi.search(1.2, GUEST.mac(), CAFE);
    wifi.search(5.4, RESIDENT, HOUSE);
    wifi.passerBy();
    wifi.guest();
    wifi.resident(seconds);
  }

  private void beacons(SampleAccessPoint ap, double seconds) {
    for (double at = script.about(BEACON_SECONDS); at < seconds; at += BEACON_SECONDS) {
      add(at, air.beacon(ap, microsUp(at)));
    }
  }

  private static long microsUp(double at) {
    return MICROS_UP_BEFORE + (long) (at * MICROS_PER_SECOND);
  }

  /// A client looks for its network, finds it and joins.
  private void search(double at, long client, SampleAccessPoint ap) {
    add(at, air.probeRequest(ap, client, ""));
    add(at + 0.004, air.probeRequest(ap, client, ap.name()));
    add(at + 0.006, air.probeResponse(ap, client, microsUp(at)));
    add(at + 0.300, air.authentication(ap, client, 1));
    add(at + 0.302, air.authentication(ap, client, 2));
    add(at + 0.305, air.associationRequest(ap, client));
    add(at + 0.309, air.associationResponse(ap, client));
  }

  private void passerBy() {
    List<String> remembered = List.of("", "Airport Lounge", "Harbour Cafe", "Grandma");
    for (int i = 0; i < 16; i++) {
      double at = 15.5 + i * 0.6;
      add(at, air.probeRequest(STUDIO, PASSER_BY, remembered.get(i % remembered.size())));
    }
    add(19.0, air.probeResponse(CAFE, PASSER_BY, microsUp(19.0)));
  }

  private void guest() {
    up(2.0, EtherType.ARP, SampleArp.request(GUEST, CAFE_ROUTER.ip()), SampleHost.BROADCAST);
    down(2.003, EtherType.ARP, SampleArp.reply(CAFE_ROUTER, GUEST));
    lookUp(2.2, 0x5101, "portal.cafe.example", CAFE_ROUTER.ip());
    lookUp(6.9, 0x5102, "chat.friends.example", "198.51.100.30");
    lookUp(16.0, 0x5103, "timetable.trains.example", "198.51.100.31");
    lookUp(26.4, 0x5104, "chat.friends.example", "198.51.100.30");
    up(30.0, EtherType.ARP, SampleArp.request(GUEST, CAFE_ROUTER.ip()), SampleHost.BROADCAST);
    down(30.004, EtherType.ARP, SampleArp.reply(CAFE_ROUTER, GUEST));
  }

  /// A name is asked for in the open network, and its server greeted.
  private void lookUp(double at, int id, String name, String address) {
    Endpoint client = new Endpoint(GUEST.ip(), 52_000 + (id & 0xFF));
    Endpoint server = new Endpoint(CAFE_ROUTER.ip(), 53);
    byte[] query = SampleIp.udp(client, server, SampleDns.query(id, name, SampleDns.A));
    byte[] answer = SampleDns.response(id, name, SampleDns.A, address);
    up(at, EtherType.IPV4, query, CAFE_ROUTER.mac());
    down(at + script.about(0.02), EtherType.IPV4, SampleIp.udp(server, client, answer));
    greet(at + 0.06, new Endpoint(address, 443), name, client.port() + 1000);
  }

  private void greet(double at, Endpoint server, String name, int port) {
    Endpoint client = new Endpoint(GUEST.ip(), port);
    double time = at;
    byte[] hello = SampleTls.clientHello(name, random);
    for (SampleTcp.Segment segment : new SampleTcp(client, server, random).conversation(hello)) {
      if (segment.fromClient()) {
        up(time, EtherType.IPV4, segment.packet(), CAFE_ROUTER.mac());
      } else {
        down(time, EtherType.IPV4, segment.packet());
      }
      time += script.about(0.03);
    }
  }

  private void resident(double seconds) {
    for (int i = 0; i < HANDSHAKE.length; i++) {
      byte[] nonceToMic = SampleTls.bytes(NONCE_TO_MIC_BYTES, random);
      boolean fromClient = i % 2 == 1;
      add(5.8 + i * 0.004, air.handshake(HOUSE, RESIDENT, fromClient, HANDSHAKE[i], nonceToMic));
    }
    int packet = 1;
    for (double at = 6.0; at < seconds - 5; at += script.about(0.4)) {
      byte[] cipherText = SampleTls.bytes(60 + random.nextInt(900), random);
      boolean up = random.nextBoolean();
      add(
          at,
          up
              ? air.secret(HOUSE, SampleDot11.TO_DS, RESIDENT, HOUSE.bssid(), packet, cipherText)
              : air.secret(
                  HOUSE, SampleDot11.FROM_DS, HOUSE.bssid(), RESIDENT, packet, cipherText));
      packet++;
    }
    add(seconds - 4, air.deauthentication(HOUSE, RESIDENT, HOUSE.bssid(), CLIENT_LEAVES));
  }

  private void up(double at, int etherType, byte[] packet, long to) {
    add(at, air.data(CAFE, SampleDot11.TO_DS, GUEST.mac(), to, etherType, packet));
  }

  private void down(double at, int etherType, byte[] packet) {
    byte[] frame =
        air.data(CAFE, SampleDot11.FROM_DS, CAFE_ROUTER.mac(), GUEST.mac(), etherType, packet);
    add(at, frame);
  }

  private void add(double at, byte[] frame) {
    script.add(at, LinkType.IEEE802_11_RADIOTAP, frame);
  }
}
