package dev.sonde.network;

import dev.sonde.event.network.FlowEnded.Reason;

/// Conversations, with bounded memory.
final class FlowWatch {

  /// Messages that are put together at once: each may take up to [SegmentBuffer#MOST_BYTES].
  private static final int MOST_PENDING = 128;

  private final Findings findings;
  private final long idleNanos;
  private final Rows<FlowKey, Flow> flows;
  private final Rows<Flow.Direction, Flow.Direction> pending;
  private final FlowKey probe = new FlowKey();
  private long now;

  /// @param idleNanos after how long a silence one counts as ended
  FlowWatch(Findings findings, long idleNanos) {
    this.findings = findings;
    this.idleNanos = idleNanos;
    this.flows = findings.table();
    this.pending = findings.table(MOST_PENDING);
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

  /// Begins to put segments of a direction together.
  ///
  /// @param sequence of the first byte
  SegmentBuffer gather(Flow.Direction direction, long sequence) {
    SegmentBuffer buffer = new SegmentBuffer(sequence & 0xFFFF_FFFFL);
    direction.pending = buffer;
    Flow.Direction evicted = pending.put(direction, direction);
    if (evicted != null) {
      evicted.pending = null;
    }
    return buffer;
  }

  /// Lets go of what was put together.
  void release(Flow.Direction direction) {
    direction.pending = null;
    pending.remove(direction);
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
      flow.directions().forEach(this::release);
      findings.tell(flow.end(findings.source(), now, reason));
    }
  }
}
