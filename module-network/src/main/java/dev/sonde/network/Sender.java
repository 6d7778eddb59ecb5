package dev.sonde.network;

import dev.sonde.event.network.SendCommand;
import dev.sonde.event.network.SendResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Sends what its user asks for: on interfaces that are allowed, and not too often. On the module's
/// thread.
final class Sender {

  private static final long SECOND_NANOS = 1_000_000_000;

  private final List<String> allowed;
  private final int perSecond;
  private final Transmitter transmitter;
  private final LongSupplier nanoTime;
  private final Deque<Long> withinSecond = new ArrayDeque<>();

  /// @param allowed interfaces; none means that nothing is sent
  /// @param perSecond how many frames may go out in any second
  /// @param nanoTime a clock
  Sender(List<String> allowed, int perSecond, Transmitter transmitter, LongSupplier nanoTime) {
    this.allowed = List.copyOf(allowed);
    this.perSecond = perSecond;
    this.transmitter = transmitter;
    this.nanoTime = nanoTime;
  }

  /// Sends, or says why not.
  SendResult send(SendCommand command) {
    String name = command.networkInterface();
    String refusal = refusal(name);
    if (refusal != null) {
      return new SendResult(name, false, 0, refusal);
    }
    try {
      byte[] frame = OutgoingFrame.of(command);
      transmitter.send(name, frame);
      return new SendResult(name, true, frame.length, "");
    } catch (CaptureException e) {
      return new SendResult(name, false, 0, e.problem() + ". " + e.remedy());
    }
  }

  private @Nullable String refusal(String name) {
    if (!allowed.contains(name)) {
      return "Sending on " + name + " is not allowed. Add it to sendOn in conf/network.cfg";
    }
    return mayGo()
        ? null
        : "More than "
            + perSecond
            + " frames within a second. Wait, or raise sendPerSecond in conf/network.cfg";
  }

  private boolean mayGo() {
    long now = nanoTime.getAsLong();
    while (!withinSecond.isEmpty() && now - withinSecond.getFirst() >= SECOND_NANOS) {
      withinSecond.removeFirst();
    }
    return withinSecond.size() < perSecond && withinSecond.add(now);
  }
}
