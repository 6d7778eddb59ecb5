package dev.sonde.network;

import dev.sonde.event.network.NetworkAlert.Kind;
import dev.sonde.event.network.NetworkAlert.Severity;
import java.time.Duration;

/// Data that is carried in the names of DNS queries: many long names below one domain.
final class DnsTunnelWatch {

  private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

  /// Names of websites, mail and content networks are rarely longer.
  private static final int LONG_CHARACTERS = 52;

  private static final int TOO_MANY = 25;

  private final Alerts alerts;
  private final Rows<String, Threshold> domains;

  DnsTunnelWatch(Findings findings, Alerts alerts) {
    this.alerts = alerts;
    this.domains = findings.table();
  }

  void asked(String name, long now) {
    if (name.length() < LONG_CHARACTERS) {
      return;
    }
    String domain = domain(name);
    Threshold longNames = domains.get(domain);
    if (longNames == null) {
      longNames = new Threshold(WINDOW_NANOS, TOO_MANY);
      domains.put(domain, longNames);
    }
    if (longNames.isReached(now)) {
      alerts.raise(
          Kind.DNS_TUNNELLING,
          Severity.MEDIUM,
          now,
          domain,
          () -> TOO_MANY + " names of " + LONG_CHARACTERS + " or more characters within a minute");
    }
  }

  /// The last two labels: near enough to who runs it.
  private static String domain(String name) {
    int dot = name.lastIndexOf('.');
    int before = dot < 0 ? -1 : name.lastIndexOf('.', dot - 1);
    return name.substring(before + 1);
  }
}
