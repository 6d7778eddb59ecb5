package dev.sonde.network;

import dev.sonde.event.network.RawText;
import dev.sonde.event.network.TlsClientHello;
import java.util.HashSet;
import java.util.Set;

/// Begins of TLS connections, on any port, also where the hello spans segments.
final class TlsWatch {

  private static final int HANDSHAKE = 22;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int CHANGE_CIPHER_SPEC_BYTES = 6;
  private static final int CLIENT_HELLO = 1;
  private static final int RECORD_HEADER_BYTES = 5;
  private static final int MAJOR_VERSION = 3;
  private static final int MOST_NAMES = 100_000;

  private final Findings findings;
  private final FlowWatch flows;
  private final ByteView view = new ByteView();
  private final TlsHello hello = new TlsHello();
  private final Set<RawText> names = new HashSet<>();

  TlsWatch(Findings findings, FlowWatch flows) {
    this.findings = findings;
    this.flows = flows;
  }

  /// Looks at a segment that carries something.
  void segment(Frame frame, Layers layers, Flow flow) {
    Flow.Direction direction = flows.direction(flow);
    SegmentBuffer pending = direction.pending;
    if (pending != null) {
      pending.add(layers.sequence, frame, layers.payloadAt, layers.end);
      read(pending.view(view), frame, flow, direction);
    } else if (beginsHello(frame, layers) && direction.helloSequence != layers.sequence) {
      direction.helloSequence = layers.sequence;
      begin(frame, layers, flow, direction);
    }
  }

  private void begin(Frame frame, Layers layers, Flow flow, Flow.Direction direction) {
    int at = helloAt(frame, layers);
    view.over(frame, at, layers.end);
    if (TlsHello.isWhole(view)) {
      read(view, frame, flow, direction);
      return;
    }
    flows
        .gather(direction, layers.sequence + at - layers.payloadAt)
        .add(layers.sequence, frame, layers.payloadAt, layers.end);
  }

  /// Where the hello's record begins: after a server's retry, clients send a change of cipher
  /// before the second one (RFC 8446 §D.4).
  private static int helloAt(Frame frame, Layers layers) {
    int at = layers.payloadAt;
    boolean changes =
        layers.end - at > CHANGE_CIPHER_SPEC_BYTES && frame.u8(at) == CHANGE_CIPHER_SPEC;
    return changes ? at + CHANGE_CIPHER_SPEC_BYTES : at;
  }

  private static boolean beginsHello(Frame frame, Layers layers) {
    int at = helloAt(frame, layers);
    return layers.end - at > RECORD_HEADER_BYTES
        && frame.u8(at) == HANDSHAKE
        && frame.u8(at + 1) == MAJOR_VERSION
        && frame.u8(at + RECORD_HEADER_BYTES) == CLIENT_HELLO;
  }

  private void read(ByteView stream, Frame frame, Flow flow, Flow.Direction direction) {
    SegmentBuffer pending = direction.pending;
    if (TlsHello.isWhole(stream)) {
      flows.release(direction);
      findings.count(Counter.TLS_CLIENT_HELLO);
      hello.read(stream);
      tell(frame, flow);
    } else if (pending != null && pending.isFull()) {
      flows.release(direction);
    }
  }

  private void tell(Frame frame, Flow flow) {
    if (!hello.serverName().isEmpty()) {
      findings.count(Counter.TLS_SNI);
      if (names.size() < MOST_NAMES && names.add(hello.serverName())) {
        findings.count(Counter.TLS_SNI_UNIQUE);
      }
    }
    findings.tell(
        new TlsClientHello(
            findings.source(),
            frame.captured(),
            flow.client(),
            flow.clientPort(),
            flow.server(),
            flow.serverPort(),
            hello.serverName(),
            hello.alpn(),
            hello.version(),
            hello.encryptedClientHello()));
  }
}
