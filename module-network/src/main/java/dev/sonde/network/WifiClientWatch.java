package dev.sonde.network;

import dev.sonde.event.network.MacAddress;
import dev.sonde.event.network.RawText;
import dev.sonde.event.network.WifiClientLost;
import dev.sonde.event.network.WifiClientNew;
import dev.sonde.event.network.WifiProbe;
import java.util.HashSet;
import java.util.Set;

/// Wi-Fi clients, by who probes, authenticates, associates and sends to access points.
final class WifiClientWatch {

  private static final int MOST_NAMES = 16;

  private final Findings findings;
  private final long lostAfterNanos;
  private final Rows<Long, Row> known;
  private final Elements elements = new Elements();

  WifiClientWatch(Findings findings, long lostAfterNanos) {
    this.findings = findings;
    this.lostAfterNanos = lostAfterNanos;
    this.known = findings.table();
  }

  /// Notes that a client was heard of.
  void heard(long client, Frame frame) {
    row(client, frame).lastNanos = frame.capturedNanos();
  }

  private Row row(long client, Frame frame) {
    Row row = known.get(client);
    if (row != null) {
      return row;
    }
    Row begun = new Row(new MacAddress(client));
    known.put(client, begun);
    findings.tell(
        new WifiClientNew(
            findings.source(), frame.captured(), begun.client, begun.client.isLocal()));
    return begun;
  }

  /// @param body of a probe request
  void probe(Frame frame, Layers layers, ByteView body) {
    Row row = row(Dot11.transmitter(frame, layers), frame);
    row.lastNanos = frame.capturedNanos();
    elements.read(body, 0);
    RawText ssid = elements.ssid();
    if (row.names.size() < MOST_NAMES && row.names.add(ssid)) {
      findings.tell(
          new WifiProbe(
              findings.source(),
              frame.captured(),
              row.client,
              row.client.isLocal(),
              ssid,
              AccessPointWatch.signal(layers.signalDbm)));
    }
  }

  void expire(long now) {
    known.expire(
        row -> now - row.lastNanos > lostAfterNanos,
        row ->
            findings.tell(
                new WifiClientLost(
                    findings.source(), Frame.instant(now), row.client, row.client.isLocal())));
  }

  /// What is known of one client: the names that it asked for, so that each is told once.
  private static final class Row {

    private final MacAddress client;
    private final Set<RawText> names = new HashSet<>();
    private long lastNanos;

    private Row(MacAddress client) {
      this.client = client;
    }
  }
}
