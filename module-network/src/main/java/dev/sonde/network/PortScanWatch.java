package dev.sonde.network;

import dev.sonde.event.network.NetworkAlert.Kind;
import dev.sonde.event.network.NetworkAlert.Severity;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// One device that tries many ports, of one or of several others.
final class PortScanWatch {

  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int TOO_MANY = 25;

  private final Alerts alerts;
  private final Rows<InetAddress, Attempts> scanners;

  PortScanWatch(Findings findings, Alerts alerts) {
    this.alerts = alerts;
    this.scanners = findings.table();
  }

  void segment(Frame frame, Layers layers) {
    if (layers.hasFlag(IpLayer.SYN) && !layers.hasFlag(IpLayer.ACK)) {
      InetAddress from = frame.address(layers.sourceAddressAt, layers.addressBytes);
      Attempts attempts = scanners.get(from);
      if (attempts == null) {
        attempts = new Attempts();
        scanners.put(from, attempts);
      }
      if (attempts.isTooMany(layers.targetPort, frame.capturedNanos())) {
        alerts.raise(
            Kind.PORT_SCAN,
            Severity.MEDIUM,
            frame.capturedNanos(),
            from.getHostAddress(),
            () -> "tried " + TOO_MANY + " different ports within 10 s");
      }
    }
  }

  /// The ports that one device tried lately.
  private static final class Attempts {

    private final Threshold threshold = new Threshold(WINDOW_NANOS, TOO_MANY);
    private final Set<Integer> ports = new HashSet<>();

    private boolean isTooMany(int port, long now) {
      if (threshold.refresh(now)) {
        ports.clear();
      }
      return ports.size() < TOO_MANY && ports.add(port) && threshold.isReached(now);
    }
  }
}
