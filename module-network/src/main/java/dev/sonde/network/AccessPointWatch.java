package dev.sonde.network;

import dev.sonde.event.network.AccessPoint;
import dev.sonde.event.network.AccessPointLost;
import dev.sonde.event.network.AccessPointNew;
import dev.sonde.event.network.AccessPointUpdated;
import dev.sonde.event.network.MacAddress;
import dev.sonde.event.network.NetworkAlert.Kind;
import dev.sonde.event.network.NetworkAlert.Severity;
import dev.sonde.event.network.RawText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Access points, by their beacons and probe responses.
final class AccessPointWatch {

  private static final int INTERVAL_OFFSET = 8;
  private static final int CAPABILITY_OFFSET = 10;
  private static final int FIXED_BYTES = 12;
  private static final int CAPABILITY_PRIVACY = 0x0010;

  private final Findings findings;
  private final Alerts alerts;
  private final long lostAfterNanos;
  private final Rows<Long, Row> known;
  private final Rows<RawText, AccessPoint> byName;
  private final Elements elements = new Elements();

  AccessPointWatch(Findings findings, Alerts alerts, long lostAfterNanos) {
    this.findings = findings;
    this.alerts = alerts;
    this.lostAfterNanos = lostAfterNanos;
    this.known = findings.table();
    this.byName = findings.table();
  }

  /// @param body of a beacon or probe response
  void announced(Frame frame, Layers layers, ByteView body, boolean beacon) {
    long bssid = Dot11.bssid(frame, layers);
    long fingerprint =
        Elements.fingerprint(body, FIXED_BYTES) * 31 + body.s32(INTERVAL_OFFSET) + (beacon ? 1 : 0);
    Row row = known.get(bssid);
    if (row == null || !row.isKnown(fingerprint)) {
      row = changed(bssid, row, frame, layers, body, beacon);
      row.remember(fingerprint);
    }
    row.lastNanos = frame.capturedNanos();
    row.signalDbm = layers.signalDbm;
  }

  private Row changed(
      long bssid, @Nullable Row row, Frame frame, Layers layers, ByteView body, boolean beacon) {
    elements.read(body, FIXED_BYTES);
    boolean silent = elements.ssid().isEmpty();
    AccessPoint before = row == null ? null : row.accessPoint;
    // a name that a probe response gave away is not forgotten with the next nameless beacon
    RawText ssid = silent && before != null ? before.ssid() : elements.ssid();
    boolean hidden = beacon ? silent : before != null && before.hidden();
    AccessPoint now = accessPoint(bssid, ssid, hidden, layers, body);
    if (row == null || before == null) {
      Row begun = new Row(now);
      known.put(bssid, begun);
      findings.tell(new AccessPointNew(findings.source(), frame.captured(), now));
      compare(now, frame);
      return begun;
    }
    if (!withSignalOf(before, now).equals(now)) {
      row.accessPoint = now;
      findings.tell(new AccessPointUpdated(findings.source(), frame.captured(), now, before));
      compare(now, frame);
    }
    return row;
  }

  private AccessPoint accessPoint(
      long bssid, RawText ssid, boolean hidden, Layers layers, ByteView body) {
    int channel = elements.channel();
    boolean privacy = (body.u16LittleEndian(CAPABILITY_OFFSET) & CAPABILITY_PRIVACY) != 0;
    return new AccessPoint(
        new MacAddress(bssid),
        ssid,
        hidden,
        channel == 0 ? Channels.of(layers.frequencyMHz) : channel,
        layers.frequencyMHz,
        signal(layers.signalDbm),
        elements.security(privacy),
        body.u16LittleEndian(INTERVAL_OFFSET),
        elements.wps());
  }

  static Optional<Integer> signal(int dbm) {
    return dbm == 0 ? Optional.empty() : Optional.of(dbm);
  }

  /// The old one as if it had been heard where and as loud as the new one.
  private static AccessPoint withSignalOf(AccessPoint old, AccessPoint other) {
    return new AccessPoint(
        old.bssid(),
        old.ssid(),
        old.hidden(),
        old.channel(),
        other.frequencyMHz(),
        other.signalDbm(),
        old.security(),
        old.beaconIntervalTu(),
        old.wps());
  }

  /// Two access points of one name should protect alike, so that a client that is set up for one
  /// can join the other.
  private void compare(AccessPoint now, Frame frame) {
    if (now.ssid().isEmpty()) {
      return;
    }
    AccessPoint other = byName.get(now.ssid());
    if (other == null || other.bssid().equals(now.bssid())) {
      byName.put(now.ssid(), now);
    } else if (!Protection.isAlike(other.security(), now.security())) {
      alerts.raise(
          Kind.EVIL_TWIN,
          Severity.HIGH,
          frame.capturedNanos(),
          now.ssid().toString(),
          () -> describe(other) + ", but " + describe(now));
    }
  }

  private static String describe(AccessPoint accessPoint) {
    return accessPoint.bssid() + " has " + Protection.words(accessPoint.security());
  }

  void expire(long now) {
    known.expire(row -> now - row.lastNanos > lostAfterNanos, row -> lost(row, now));
  }

  private void lost(Row row, long now) {
    findings.tell(new AccessPointLost(findings.source(), Frame.instant(now), row.asLastHeard()));
  }

  /// What is known of one access point. Its beacons and its probe responses differ, so both are
  /// remembered.
  private static final class Row {

    private AccessPoint accessPoint;
    private long fingerprint;
    private long fingerprintBefore;
    private long lastNanos;
    private int signalDbm;

    private Row(AccessPoint accessPoint) {
      this.accessPoint = accessPoint;
    }

    private boolean isKnown(long print) {
      return print == fingerprint || print == fingerprintBefore;
    }

    private void remember(long print) {
      fingerprintBefore = fingerprint;
      fingerprint = print;
    }

    private AccessPoint asLastHeard() {
      return new AccessPoint(
          accessPoint.bssid(),
          accessPoint.ssid(),
          accessPoint.hidden(),
          accessPoint.channel(),
          accessPoint.frequencyMHz(),
          signal(signalDbm),
          accessPoint.security(),
          accessPoint.beaconIntervalTu(),
          accessPoint.wps());
    }
  }
}
