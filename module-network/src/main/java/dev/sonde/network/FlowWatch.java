package dev.sonde.network;

import dev.sonde.event.network.FlowEnded.Reason;

/// Conversations, with bounded memory.
final class FlowWatch {

  private final Findings findings;
  private final long idleNanos;
  private final Rows<FlowKey, Flow> flows;
  private final FlowKey probe = new FlowKey();
  private long now;

  /// @param idleNanos after how long a silence one counts as ended
  FlowWatch(Findings findings, long idleNanos) {
    this.findings = findings;
    this.idleNanos = idleNanos;
    this.flows = findings.table();
  }

  /// Counts an IP packet.
  ///
  /// @return its conversation
  Flow packet(Frame frame, Layers layers) {
    now = frame.capturedNanos();
    probe.read(frame, layers);
    Flow flow = flows.get(probe);
    if (flow == null || isBegunAnew(flow, layers)) {
      flow = begin(frame, layers);
    }
    flow.packet(probe.fromLow(), frame, layers);
    if (!flow.isTold() && layers.protocol == IpLayer.TCP) {
      endIfClosed(flow, layers);
    }
    return flow;
  }

  /// Which direction the packet just counted goes.
  Flow.Direction direction(Flow flow) {
    return flow.direction(probe.fromLow());
  }

  private static boolean isBegunAnew(Flow flow, Layers layers) {
    return flow.isTold() && layers.hasFlag(IpLayer.SYN);
  }

  private Flow begin(Frame frame, Layers layers) {
    Flow flow = new Flow(probe, frame, layers);
    Flow evicted = flows.put(flow.key, flow);
    if (evicted != null) {
      end(evicted, Reason.EVICTED);
    }
    return flow;
  }

  private void endIfClosed(Flow flow, Layers layers) {
    if (layers.hasFlag(IpLayer.RST)) {
      end(flow, Reason.RESET);
    } else if (flow.isFinished(layers)) {
      end(flow, Reason.FINISHED);
    }
  }

  void expire(long nowNanos) {
    now = nowNanos;
    flows.expire(flow -> nowNanos - flow.lastNanos() > idleNanos, flow -> end(flow, Reason.IDLE));
  }

  void finish() {
    flows.all().forEach(flow -> end(flow, Reason.CAPTURE_ENDED));
  }

  private void end(Flow flow, Reason reason) {
    if (!flow.isTold()) {
      findings.tell(flow.end(findings.source(), now, reason));
    }
  }
}
