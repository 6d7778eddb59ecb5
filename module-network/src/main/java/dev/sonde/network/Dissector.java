package dev.sonde.network;

import dev.sonde.bus.RevokedException;

/// Tells what frames mean, and counts it. Whatever a frame holds, no exception leaves.
///
/// Headers are read once, without an object; then each watch looks at the frames that are of its
/// kind. Not for several threads.
class Dissector {

  private static final int DNS_PORT = 53;
  private static final int DHCP_SERVER_PORT = 67;
  private static final int DHCP_CLIENT_PORT = 68;
  private static final int MDNS_PORT = 5353;
  private static final int LLMNR_PORT = 5355;

  private final Findings findings;
  private final Layers layers = new Layers();
  private final Clock clock;
  private final ArpWatch arp;
  private final WifiWatch wifi;
  private final FlowWatch flows;
  private final HostWatch hosts;
  private final DnsWatch dns;
  private final MdnsWatch mdns;
  private final DhcpWatch dhcp;
  private final TlsWatch tls;
  private final PortScanWatch scans;

  /// @param findings where what is found goes
  /// @param lostAfterNanos how long something may be silent before it counts as gone
  Dissector(Findings findings, long lostAfterNanos) {
    this.findings = findings;
    Alerts alerts = new Alerts(findings);
    arp = new ArpWatch(findings, alerts);
    wifi = new WifiWatch(findings, alerts, lostAfterNanos);
    flows = new FlowWatch(findings, lostAfterNanos);
    hosts = new HostWatch(findings);
    dns = new DnsWatch(findings, flows, new DnsTunnelWatch(findings, alerts));
    mdns = new MdnsWatch(findings);
    dhcp = new DhcpWatch(findings, alerts);
    tls = new TlsWatch(findings, flows);
    scans = new PortScanWatch(findings, alerts);
    clock = new Clock();
  }

  /// Counts a frame, reads it, and tells what it means.
  final void dissect(Frame frame) {
    findings.statistics().frame(frame.length());
    try {
      if (clock.isSecondOver(frame.capturedNanos())) {
        wifi.expire(frame.capturedNanos());
        flows.expire(frame.capturedNanos());
      }
      read(frame);
    } catch (RevokedException e) {
      // not about the packet: nobody may hear of it any more
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      unreadable(e);
    }
  }

  /// Counts a frame that could not be read to its end.
  ///
  /// @param why for tests: one that is not about the packet is a fault of the dissector
  void unreadable(Throwable why) {
    findings.count(Counter.PARSE_ERRORS);
  }

  /// Tells what is known only at the end: conversations that still go on.
  final void finish() {
    flows.finish();
    wifi.finish();
  }

  private void read(Frame frame) {
    layers.clear();
    LinkLayer.read(frame, layers);
    if (layers.dot11At != Layers.NONE) {
      wifi.frame(frame, layers);
    }
    switch (layers.etherType) {
      case EtherType.ARP -> arp.packet(frame, layers);
      case EtherType.EAPOL -> wifi.eapol(frame, layers);
      case EtherType.IPV4, EtherType.IPV6 -> ip(frame);
      default -> {}
    }
    if (layers.dot11At == Layers.NONE && layers.sourceMac != Layers.NONE) {
      hosts.frame(frame, layers);
    }
  }

  private void ip(Frame frame) {
    IpLayer.read(frame, layers);
    Flow flow = flows.packet(frame, layers);
    if (layers.isUdp()) {
      udp(frame);
    } else if (layers.isTcp()) {
      tcp(frame, flow);
    }
  }

  private void udp(Frame frame) {
    if (layers.isPort(DNS_PORT)) {
      dns.datagram(frame, layers);
    } else if (layers.isPort(MDNS_PORT)) {
      mdns.datagram(frame, layers);
    } else if (layers.isPort(LLMNR_PORT)) {
      findings.count(Counter.LLMNR);
    } else if (layers.isPort(DHCP_SERVER_PORT) || layers.isPort(DHCP_CLIENT_PORT)) {
      dhcp.datagram(frame, layers);
    }
  }

  private void tcp(Frame frame, Flow flow) {
    scans.segment(frame, layers);
    if (layers.isPort(DNS_PORT)) {
      dns.segment(frame, layers, flow);
    } else if (layers.payloadAt < layers.end) {
      tls.segment(frame, layers, flow);
    }
  }

  /// Says once a second of the packets' own time that it is over. Time that jumps ends a second,
  /// too.
  private static final class Clock {

    private static final long SECOND_NANOS = 1_000_000_000;

    private long secondBegan;

    boolean isSecondOver(long nanos) {
      long passed = nanos - secondBegan;
      boolean over = passed < 0 || passed >= SECOND_NANOS;
      secondBegan = over ? nanos : secondBegan;
      return over;
    }
  }
}
