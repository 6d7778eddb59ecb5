package dev.sonde.network;

import com.sun.management.ThreadMXBean;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.EventBus;
import dev.sonde.event.network.PacketCaptured;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Measures what the capture's thread allocates for packets that raise no event. The capture asks
/// once for each packet whether packets are wanted: from one question to the next, a packet is
/// dissected and the one after it is read.
final class QuietBytes implements EventBus {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final EventBus bus;
  private boolean begun;
  private boolean raised;
  private long before;
  long packets;
  long bytes;

  QuietBytes(EventBus bus) {
    this.bus = bus;
  }

  @Override
  public boolean wanted(Class<? extends Event> type) {
    if (type == PacketCaptured.class) {
      long now = THREADS.getCurrentThreadAllocatedBytes();
      if (begun && !raised) {
        packets++;
        bytes += now - before;
      }
      begun = true;
      raised = false;
      before = now;
    }
    return bus.wanted(type);
  }

  @Override
  public long publish(Event event) {
    raised = true;
    return bus.publish(event);
  }

  @Override
  public long reply(Envelope request, Event answer) {
    return bus.reply(request, answer);
  }

  @Override
  public <R extends Event> CompletionStage<R> ask(
      Event request, Class<R> answer, Duration deadline) {
    return bus.ask(request, answer, deadline);
  }

  @Override
  public boolean awaitRoom(Duration deadline) throws InterruptedException {
    return bus.awaitRoom(deadline);
  }
}
