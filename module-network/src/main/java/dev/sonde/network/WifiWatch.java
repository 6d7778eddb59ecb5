package dev.sonde.network;

import dev.sonde.event.network.MacAddress;
import dev.sonde.event.network.RawText;
import dev.sonde.event.network.WifiAssociation;
import dev.sonde.event.network.WifiAuthentication;
import org.jspecify.annotations.Nullable;

/// What is heard on the air (IEEE 802.11 clause 9.3.3).
final class WifiWatch {

  private static final int ASSOCIATION_REQUEST = 0;
  private static final int ASSOCIATION_RESPONSE = 1;
  private static final int REASSOCIATION_REQUEST = 2;
  private static final int REASSOCIATION_RESPONSE = 3;
  private static final int PROBE_REQUEST = 4;
  private static final int PROBE_RESPONSE = 5;
  private static final int BEACON = 8;
  private static final int DISASSOCIATION = 10;
  private static final int AUTHENTICATION = 11;
  private static final int DEAUTHENTICATION = 12;

  /// Fixed fields before the elements of a request.
  private static final int ASSOCIATION_FIXED_BYTES = 4;

  private static final int REASSOCIATION_FIXED_BYTES = 10;

  private final Findings findings;
  private final AccessPointWatch accessPoints;
  private final WifiClientWatch clients;
  private final DisconnectionWatch disconnections;
  private final HandshakeWatch handshakes;
  private final ByteView body = new ByteView();
  private final Elements elements = new Elements();

  WifiWatch(Findings findings, Alerts alerts, long lostAfterNanos) {
    this.findings = findings;
    this.accessPoints = new AccessPointWatch(findings, alerts, lostAfterNanos);
    this.clients = new WifiClientWatch(findings, lostAfterNanos);
    this.disconnections = new DisconnectionWatch(findings, alerts);
    this.handshakes = new HandshakeWatch(findings);
  }

  void frame(Frame frame, Layers layers) {
    int type = Dot11.type(frame, layers);
    if (type == Dot11.MANAGEMENT) {
      management(frame, layers);
    } else if (type == Dot11.DATA && Dot11.isToAccessPoint(frame, layers)) {
      clients.heard(Dot11.transmitter(frame, layers), frame);
    }
  }

  void eapol(Frame frame, Layers layers) {
    findings.count(Counter.EAPOL);
    if (layers.dot11At != Layers.NONE) {
      handshakes.packet(frame, layers);
    }
  }

  void expire(long now) {
    accessPoints.expire(now);
    clients.expire(now);
    disconnections.expire(now);
  }

  void finish() {
    disconnections.finish();
  }

  private void management(Frame frame, Layers layers) {
    int subtype = Dot11.subtype(frame, layers);
    Counter counter = counter(subtype);
    if (counter != null) {
      findings.count(counter);
    }
    // the body of a protected frame can not be read; that there was one is worth counting
    if (!Dot11.isProtected(frame, layers) || subtype == AUTHENTICATION) {
      body.over(frame, layers.dot11At + Dot11.HEADER_BYTES, layers.dot11End);
      read(subtype, frame, layers);
    }
  }

  private static @Nullable Counter counter(int subtype) {
    return switch (subtype) {
      case BEACON -> Counter.WIFI_BEACON;
      case PROBE_REQUEST -> Counter.WIFI_PROBE_REQUEST;
      case PROBE_RESPONSE -> Counter.WIFI_PROBE_RESPONSE;
      case AUTHENTICATION -> Counter.WIFI_AUTHENTICATION;
      case ASSOCIATION_REQUEST -> Counter.WIFI_ASSOCIATION_REQUEST;
      case ASSOCIATION_RESPONSE -> Counter.WIFI_ASSOCIATION_RESPONSE;
      case REASSOCIATION_REQUEST -> Counter.WIFI_REASSOCIATION_REQUEST;
      case DEAUTHENTICATION -> Counter.WIFI_DEAUTHENTICATION;
      case DISASSOCIATION -> Counter.WIFI_DISASSOCIATION;
      default -> null;
    };
  }

  private void read(int subtype, Frame frame, Layers layers) {
    switch (subtype) {
      case BEACON, PROBE_RESPONSE -> accessPoints.announced(frame, layers, body, subtype == BEACON);
      case PROBE_REQUEST -> clients.probe(frame, layers, body);
      case AUTHENTICATION -> authentication(frame, layers);
      case ASSOCIATION_REQUEST ->
          request(WifiAssociation.Kind.REQUEST, ASSOCIATION_FIXED_BYTES, frame, layers);
      case REASSOCIATION_REQUEST ->
          request(
              WifiAssociation.Kind.REASSOCIATION_REQUEST, REASSOCIATION_FIXED_BYTES, frame, layers);
      case ASSOCIATION_RESPONSE -> response(WifiAssociation.Kind.RESPONSE, frame, layers);
      case REASSOCIATION_RESPONSE ->
          response(WifiAssociation.Kind.REASSOCIATION_RESPONSE, frame, layers);
      case DEAUTHENTICATION, DISASSOCIATION ->
          disconnections.frame(frame, layers, body, subtype == DEAUTHENTICATION);
      default -> {}
    }
  }

  private void authentication(Frame frame, Layers layers) {
    long from = Dot11.transmitter(frame, layers);
    long bssid = Dot11.bssid(frame, layers);
    boolean fromClient = from != bssid;
    long client = fromClient ? from : Dot11.receiver(frame, layers);
    clients.heard(client, frame);
    if (!Dot11.isProtected(frame, layers)) {
      findings.tell(
          new WifiAuthentication(
              findings.source(),
              frame.captured(),
              new MacAddress(bssid),
              new MacAddress(client),
              fromClient,
              body.u16LittleEndian(0),
              body.u16LittleEndian(2),
              body.u16LittleEndian(4)));
    }
  }

  private void request(WifiAssociation.Kind kind, int fixedBytes, Frame frame, Layers layers) {
    elements.read(body, fixedBytes);
    long client = Dot11.transmitter(frame, layers);
    clients.heard(client, frame);
    tell(kind, client, elements.ssid(), 0, frame, layers);
  }

  private void response(WifiAssociation.Kind kind, Frame frame, Layers layers) {
    long client = Dot11.receiver(frame, layers);
    clients.heard(client, frame);
    tell(kind, client, RawText.EMPTY, body.u16LittleEndian(2), frame, layers);
  }

  private void tell(
      WifiAssociation.Kind kind,
      long client,
      RawText ssid,
      int status,
      Frame frame,
      Layers layers) {
    findings.tell(
        new WifiAssociation(
            findings.source(),
            frame.captured(),
            new MacAddress(Dot11.bssid(frame, layers)),
            new MacAddress(client),
            kind,
            ssid,
            status));
  }
}
