package dev.sonde.network;

import dev.sonde.event.network.MdnsQuery;
import dev.sonde.event.network.MdnsResponse;
import java.net.InetAddress;

/// Multicast DNS (RFC 6762).
final class MdnsWatch {

  private final Findings findings;
  private final Rows<String, Long> asked;
  private final ByteView view = new ByteView();

  MdnsWatch(Findings findings) {
    this.findings = findings;
    this.asked = findings.table();
  }

  void datagram(Frame frame, Layers layers) {
    findings.count(Counter.MDNS);
    DnsMessage message = DnsMessage.read(view.over(frame, layers.payloadAt, layers.end));
    if (!message.whole()) {
      findings.count(Counter.PARSE_ERRORS);
    }
    InetAddress from = frame.address(layers.sourceAddressAt, layers.addressBytes);
    if (message.response()) {
      response(message, frame, from);
    } else {
      asked.put(message.name(), frame.capturedNanos());
      findings.tell(
          new MdnsQuery(findings.source(), frame.captured(), from, message.name(), message.type()));
    }
  }

  private void response(DnsMessage message, Frame frame, InetAddress server) {
    Long askedAt = asked.get(message.name());
    asked.remove(message.name());
    findings.tell(
        new MdnsResponse(
            findings.source(),
            frame.captured(),
            server,
            message.name(),
            message.type(),
            message.addresses(),
            DnsWatch.roundTrip(askedAt, frame.capturedNanos())));
  }
}
