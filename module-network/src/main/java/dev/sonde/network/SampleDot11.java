package dev.sonde.network;

import java.nio.charset.StandardCharsets;

/// 802.11 frames of the sample behind radiotap headers (IEEE 802.11 clause 9; radiotap.org).
final class SampleDot11 {

  static final int TO_DS = 0x01;
  static final int FROM_DS = 0x02;
  static final int PROTECTED = 0x40;

  private static final int ASSOCIATION_REQUEST = 0x00;
  private static final int ASSOCIATION_RESPONSE = 0x10;
  private static final int PROBE_REQUEST = 0x40;
  private static final int PROBE_RESPONSE = 0x50;
  private static final int BEACON = 0x80;
  private static final int AUTHENTICATION = 0xB0;
  private static final int DEAUTHENTICATION = 0xC0;
  private static final int DATA = 0x08;

  /// Present: flags, rate, channel, antenna signal, antenna.
  private static final int RADIOTAP_FIELDS = 0x0000_082E;

  private static final int RADIOTAP_BYTES = 16;
  private static final int RATE_1_MBPS = 2;
  private static final int CHANNEL_2_GHZ_CCK = 0x00A0;
  private static final int BEACON_INTERVAL_TU = 100;
  private static final int CAPABILITY_ESS = 0x0401;
  private static final int CAPABILITY_PRIVACY = 0x0010;
  private static final int EAPOL = 0x888E;

  /// WPA2: CCMP for group and pair, pre-shared key.
  private static final byte[] RSN = {
    48,
    20,
    1,
    0,
    0,
    0x0F,
    (byte) 0xAC,
    4,
    1,
    0,
    0,
    0x0F,
    (byte) 0xAC,
    4,
    1,
    0,
    0,
    0x0F,
    (byte) 0xAC,
    2,
    0,
    0
  };

  private static final byte[] RATES = {
    1, 8, (byte) 0x82, (byte) 0x84, (byte) 0x8B, (byte) 0x96, 12, 18, 24, 36
  };

  private int sequence;

  /// @param microsUp how long the access point has been up
  byte[] beacon(SampleAccessPoint ap, long microsUp) {
    PacketWriter frame = management(BEACON, ap, SampleHost.BROADCAST, ap.bssid());
    return announcement(frame, ap, microsUp).bytes((byte) 5, (byte) 4).u32(0x0001_0000).done();
  }

  byte[] probeRequest(SampleAccessPoint heardOn, long client, String name) {
    PacketWriter frame =
        header(heardOn, PROBE_REQUEST, 0, SampleHost.BROADCAST, client, SampleHost.BROADCAST);
    return name(frame, name).bytes(RATES).done();
  }

  byte[] probeResponse(SampleAccessPoint ap, long client, long microsUp) {
    return announcement(management(PROBE_RESPONSE, ap, client, ap.bssid()), ap, microsUp).done();
  }

  /// Open system authentication.
  ///
  /// @param step 1 asks, 2 answers
  byte[] authentication(SampleAccessPoint ap, long client, int step) {
    long from = step == 1 ? client : ap.bssid();
    long to = step == 1 ? ap.bssid() : client;
    return management(AUTHENTICATION, ap, to, from)
        .u16LittleEndian(0)
        .u16LittleEndian(step)
        .u16LittleEndian(0)
        .done();
  }

  byte[] associationRequest(SampleAccessPoint ap, long client) {
    PacketWriter frame =
        management(ASSOCIATION_REQUEST, ap, ap.bssid(), client)
            .u16LittleEndian(capability(ap))
            .u16LittleEndian(10);
    name(frame, ap.name()).bytes(RATES);
    return (ap.secured() ? frame.bytes(RSN) : frame).done();
  }

  byte[] associationResponse(SampleAccessPoint ap, long client) {
    return management(ASSOCIATION_RESPONSE, ap, client, ap.bssid())
        .u16LittleEndian(capability(ap))
        .u16LittleEndian(0)
        .u16LittleEndian(0xC001)
        .bytes(RATES)
        .done();
  }

  /// @param reason as IEEE 802.11 table 9-49 has them; 3 for a client that leaves
  byte[] deauthentication(SampleAccessPoint ap, long from, long to, int reason) {
    return management(DEAUTHENTICATION, ap, to, from).u16LittleEndian(reason).done();
  }

  /// A data frame in the clear, with its network layer behind LLC and SNAP.
  ///
  /// @param from the sending device
  /// @param to the device that it is for, beyond the access point where [#TO_DS] is set
  byte[] data(
      SampleAccessPoint ap, int direction, long from, long to, int etherType, byte[] packet) {
    return dataHeader(ap, direction, from, to)
        .bytes((byte) 0xAA, (byte) 0xAA, (byte) 3, (byte) 0, (byte) 0, (byte) 0)
        .u16(etherType)
        .bytes(packet)
        .done();
  }

  /// A data frame that nobody between can read: CCMP header, cipher text.
  byte[] secret(
      SampleAccessPoint ap, int direction, long from, long to, int packet, byte[] cipherText) {
    return dataHeader(ap, direction | PROTECTED, from, to)
        .u16LittleEndian(packet)
        .u8(0)
        .u8(0x20)
        .zeros(4)
        .bytes(cipherText)
        .done();
  }

  /// One of the four messages of the key handshake (IEEE 802.11 clause 12.7.6).
  ///
  /// @param information the key information field
  /// @param nonceToMic what stands between replay counter and key data
  byte[] handshake(
      SampleAccessPoint ap, long client, boolean fromClient, int information, byte[] nonceToMic) {
    byte[] key =
        new PacketWriter().u8(2).u16(information).u16(16).zeros(8).bytes(nonceToMic).u16(0).done();
    byte[] eapol = new PacketWriter().u8(2).u8(3).sized16(key).done();
    return fromClient
        ? data(ap, TO_DS, client, ap.bssid(), EAPOL, eapol)
        : data(ap, FROM_DS, ap.bssid(), client, EAPOL, eapol);
  }

  private PacketWriter announcement(PacketWriter frame, SampleAccessPoint ap, long microsUp) {
    frame
        .u64LittleEndian(microsUp)
        .u16LittleEndian(BEACON_INTERVAL_TU)
        .u16LittleEndian(capability(ap));
    name(frame, ap.name()).bytes(RATES).u8(3).u8(1).u8(ap.channel());
    return ap.secured() ? frame.bytes(RSN) : frame;
  }

  private static int capability(SampleAccessPoint ap) {
    return CAPABILITY_ESS | (ap.secured() ? CAPABILITY_PRIVACY : 0);
  }

  private static PacketWriter name(PacketWriter frame, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return frame.u8(0).u8(bytes.length).bytes(bytes);
  }

  private PacketWriter management(int type, SampleAccessPoint ap, long to, long from) {
    return header(ap, type, 0, to, from, ap.bssid());
  }

  /// The order of the addresses depends on the direction (table 9-30).
  private PacketWriter dataHeader(SampleAccessPoint ap, int flags, long from, long to) {
    return (flags & TO_DS) != 0
        ? header(ap, DATA, flags, ap.bssid(), from, to)
        : header(ap, DATA, flags, to, ap.bssid(), from);
  }

  private PacketWriter header(
      SampleAccessPoint ap, int type, int flags, long first, long second, long third) {
    return radiotap(ap)
        .u8(type)
        .u8(flags)
        .u16(0)
        .mac(first)
        .mac(second)
        .mac(third)
        .u16LittleEndian((sequence++ & 0xFFF) << 4);
  }

  private static PacketWriter radiotap(SampleAccessPoint ap) {
    return new PacketWriter()
        .u16(0)
        .u16LittleEndian(RADIOTAP_BYTES)
        .u32LittleEndian(RADIOTAP_FIELDS)
        .u8(0)
        .u8(RATE_1_MBPS)
        .u16LittleEndian(ap.frequencyMHz())
        .u16LittleEndian(CHANNEL_2_GHZ_CCK)
        .u8(ap.signalDbm())
        .u8(1);
  }
}
