package dev.sonde.network;

import dev.sonde.event.network.DnsQuery;
import dev.sonde.event.network.DnsResponse;
import dev.sonde.event.network.DnsTransport;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// DNS on port 53, over UDP and TCP.
final class DnsWatch {

  private static final int LENGTH_BYTES = 2;

  private final Findings findings;
  private final FlowWatch flows;
  private final DnsTunnelWatch tunnels;
  private final Rows<Question, Long> asked;
  private final ByteView view = new ByteView();
  private final ByteView stream = new ByteView();

  DnsWatch(Findings findings, FlowWatch flows, DnsTunnelWatch tunnels) {
    this.findings = findings;
    this.flows = flows;
    this.tunnels = tunnels;
    this.asked = findings.table();
  }

  void datagram(Frame frame, Layers layers) {
    DnsMessage message = DnsMessage.read(view.over(frame, layers.payloadAt, layers.end));
    findings.count(message.response() ? Counter.DNS_RESPONSE : Counter.DNS_QUERY);
    tell(message, frame, layers, DnsTransport.UDP);
  }

  /// Messages over TCP have their length before them, and may begin and end within a segment.
  void segment(Frame frame, Layers layers, Flow flow) {
    Flow.Direction direction = flows.direction(flow);
    SegmentBuffer pending = direction.pending;
    if (pending == null) {
      int counted = layers.hasFlag(IpLayer.SYN) ? 1 : 0;
      pending = flows.gather(direction, layers.sequence + counted);
    }
    pending.add(layers.sequence, frame, layers.payloadAt, layers.end);
    messages(pending, frame, layers);
    if (pending.isFull()) {
      flows.release(direction);
    }
  }

  /// A frame counts once for queries and once for responses, however many it ends.
  private void messages(SegmentBuffer pending, Frame frame, Layers layers) {
    boolean query = false;
    boolean response = false;
    pending.view(stream);
    int at = 0;
    while (at + LENGTH_BYTES <= stream.length()
        && at + LENGTH_BYTES + stream.u16(at) <= stream.length()) {
      int end = at + LENGTH_BYTES + stream.u16(at);
      if (end - at >= LENGTH_BYTES + DnsMessage.HEADER_BYTES) {
        DnsMessage message = DnsMessage.read(view.over(stream, at + LENGTH_BYTES, end));
        query |= !message.response();
        response |= message.response();
        tell(message, frame, layers, DnsTransport.TCP);
      }
      at = end;
    }
    pending.discard(at);
    if (query) {
      findings.count(Counter.DNS_QUERY);
    }
    if (response) {
      findings.count(Counter.DNS_RESPONSE);
    }
  }

  private void tell(DnsMessage message, Frame frame, Layers layers, DnsTransport transport) {
    if (!message.whole()) {
      findings.count(Counter.PARSE_ERRORS);
    }
    InetAddress from = frame.address(layers.sourceAddressAt, layers.addressBytes);
    InetAddress to = frame.address(layers.targetAddressAt, layers.addressBytes);
    if (message.response()) {
      response(message, frame, new Question(to, layers.targetPort, from, message.id()), transport);
    } else {
      query(message, frame, new Question(from, layers.sourcePort, to, message.id()), transport);
    }
  }

  private void query(DnsMessage message, Frame frame, Question question, DnsTransport transport) {
    asked.put(question, frame.capturedNanos());
    findings.tell(
        new DnsQuery(
            findings.source(),
            frame.captured(),
            question.client,
            question.server,
            message.id(),
            message.name(),
            message.type(),
            transport));
    tunnels.asked(message.name(), frame.capturedNanos());
  }

  private void response(
      DnsMessage message, Frame frame, Question question, DnsTransport transport) {
    Long askedAt = asked.get(question);
    asked.remove(question);
    findings.tell(
        new DnsResponse(
            findings.source(),
            frame.captured(),
            question.client,
            question.server,
            message.id(),
            message.name(),
            message.type(),
            message.responseCode(),
            message.addresses(),
            roundTrip(askedAt, frame.capturedNanos()),
            transport));
  }

  /// Nothing where the clock ran backwards meanwhile.
  static Optional<Duration> roundTrip(@Nullable Long askedAt, long now) {
    return Optional.ofNullable(askedAt)
        .map(then -> Duration.ofNanos(now - then))
        .filter(Duration::isPositive);
  }

  private record Question(InetAddress client, int port, InetAddress server, int id) {}
}
