package dev.sonde.network;

import dev.sonde.event.network.MacAddress;
import dev.sonde.event.network.NetworkAlert.Kind;
import dev.sonde.event.network.NetworkAlert.Severity;
import dev.sonde.event.network.WifiDisconnection;
import java.time.Duration;

/// Deauthentication and disassociation: bursts of it, and floods.
final class DisconnectionWatch {

  private static final long BURST_ENDS_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long FLOOD_WINDOW_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int FLOOD_FRAMES = 20;

  private final Findings findings;
  private final Alerts alerts;
  private final Rows<Pair, Burst> bursts;
  private final Rows<Long, Threshold> floods;

  DisconnectionWatch(Findings findings, Alerts alerts) {
    this.findings = findings;
    this.alerts = alerts;
    this.bursts = findings.table();
    this.floods = findings.table();
  }

  /// @param body begins with the reason
  void frame(Frame frame, Layers layers, ByteView body, boolean deauthentication) {
    Pair pair =
        new Pair(
            deauthentication,
            Dot11.bssid(frame, layers),
            Dot11.transmitter(frame, layers),
            Dot11.receiver(frame, layers));
    int reason = body.u16LittleEndian(0);
    long now = frame.capturedNanos();
    Burst burst = bursts.get(pair);
    if (burst == null) {
      Burst evicted = bursts.put(pair, new Burst(pair, reason, now));
      if (evicted != null) {
        tellRest(evicted);
      }
      tell(pair, reason, now, 1);
    } else {
      burst.more(reason, now);
    }
    flood(pair, now);
  }

  private void flood(Pair pair, long now) {
    Threshold flood = floods.get(pair.bssid);
    if (flood == null) {
      flood = new Threshold(FLOOD_WINDOW_NANOS, FLOOD_FRAMES);
      floods.put(pair.bssid, flood);
    }
    if (flood.isReached(now)) {
      alerts.raise(
          Kind.DEAUTHENTICATION_FLOOD,
          Severity.HIGH,
          now,
          new MacAddress(pair.bssid).toString(),
          () -> FLOOD_FRAMES + " frames that throw clients off within 5 s");
    }
  }

  void expire(long now) {
    bursts.expire(burst -> now - burst.lastNanos > BURST_ENDS_NANOS, this::tellRest);
  }

  void finish() {
    bursts.all().forEach(this::tellRest);
  }

  private void tellRest(Burst burst) {
    if (burst.untold > 0) {
      tell(burst.pair, burst.reason, burst.lastNanos, burst.untold);
    }
  }

  private void tell(Pair pair, int reason, long now, int frames) {
    findings.tell(
        new WifiDisconnection(
            findings.source(),
            Frame.instant(now),
            pair.deauthentication,
            new MacAddress(pair.bssid),
            new MacAddress(pair.from),
            new MacAddress(pair.to),
            reason,
            frames));
  }

  private record Pair(boolean deauthentication, long bssid, long from, long to) {}

  /// Frames that follow each other closely.
  private static final class Burst {

    private final Pair pair;
    private int reason;
    private int untold;
    private long lastNanos;

    private Burst(Pair pair, int reason, long now) {
      this.pair = pair;
      this.reason = reason;
      this.lastNanos = now;
    }

    private void more(int nextReason, long now) {
      reason = nextReason;
      lastNanos = now;
      untold++;
    }
  }
}
