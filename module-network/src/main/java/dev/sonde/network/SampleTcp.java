package dev.sonde.network;

import dev.sonde.network.SampleIp.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// One TCP connection of the sample: handshake, a greeting, a few exchanges, and the end.
final class SampleTcp {

  private static final int EXCHANGES = 3;
  private static final byte[] NOTHING = new byte[0];

  private final Endpoint client;
  private final Endpoint server;
  private final RandomGenerator random;
  private final List<Segment> segments = new ArrayList<>();
  private long clientNext;
  private long serverNext;

  SampleTcp(Endpoint client, Endpoint server, RandomGenerator random) {
    this.client = client;
    this.server = server;
    this.random = random;
    this.clientNext = random.nextInt() & 0xFFFF_FFFFL;
    this.serverNext = random.nextInt() & 0xFFFF_FFFFL;
  }

  /// @param hello what the client says first
  List<Segment> conversation(byte[] hello) {
    toServer(SampleIp.SYN, NOTHING);
    toClient(SampleIp.SYN_ACK, NOTHING);
    toServer(SampleIp.ACK, NOTHING);
    toServer(SampleIp.PUSH_ACK, hello);
    toClient(SampleIp.PUSH_ACK, data(1200));
    for (int i = 0; i < EXCHANGES; i++) {
      toServer(SampleIp.PUSH_ACK, data(120 + random.nextInt(200)));
      toClient(SampleIp.PUSH_ACK, data(400 + random.nextInt(1000)));
    }
    toServer(SampleIp.FIN_ACK, NOTHING);
    toClient(SampleIp.FIN_ACK, NOTHING);
    toServer(SampleIp.ACK, NOTHING);
    return List.copyOf(segments);
  }

  private byte[] data(int length) {
    return SampleTls.applicationData(length, random);
  }

  private void toServer(int flags, byte[] data) {
    long acknowledged = flags == SampleIp.SYN ? 0 : serverNext;
    byte[] packet = SampleIp.tcp(client, server, clientNext, acknowledged, flags, data);
    segments.add(new Segment(true, packet));
    clientNext += consumed(flags, data);
  }

  private void toClient(int flags, byte[] data) {
    segments.add(
        new Segment(false, SampleIp.tcp(server, client, serverNext, clientNext, flags, data)));
    serverNext += consumed(flags, data);
  }

  /// SYN and FIN count as one byte each.
  private static int consumed(int flags, byte[] data) {
    boolean counted = flags != SampleIp.ACK && flags != SampleIp.PUSH_ACK;
    return data.length + (counted ? 1 : 0);
  }

  /// A segment in its IP packet, which is never changed.
  static final class Segment {

    private final boolean fromClient;
    private final byte[] packet;

    private Segment(boolean fromClient, byte[] packet) {
      this.fromClient = fromClient;
      this.packet = packet;
    }

    boolean fromClient() {
      return fromClient;
    }

    byte[] packet() {
      return packet;
    }
  }
}
