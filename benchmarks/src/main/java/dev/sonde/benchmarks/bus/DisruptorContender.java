package dev.sonde.benchmarks.bus;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import java.util.function.LongConsumer;

/// LMAX Disruptor: a thread for each subscriber on one ring. A slot refers to the published record,
/// as that of a bus whose events outlive their slot must.
final class DisruptorContender implements Contender {

  private final Disruptor<Slot> disruptor;
  private boolean started;

  private static final class Slot {
    Tick tick = new Tick(0);
  }

  DisruptorContender(boolean manyPublishers) {
    disruptor =
        new Disruptor<>(
            Slot::new,
            ClosedLoop.IN_FLIGHT,
            DaemonThreadFactory.INSTANCE,
            manyPublishers ? ProducerType.MULTI : ProducerType.SINGLE,
            new BlockingWaitStrategy());
  }

  @Override
  public void subscribe(String pattern, LongConsumer receiver) {
    var _ =
        disruptor.handleEventsWith(
            (slot, sequence, endOfBatch) -> receiver.accept(slot.tick.value()));
  }

  @Override
  public synchronized Publisher publisher() {
    if (!started) {
      var _ = disruptor.start();
      started = true;
    }
    RingBuffer<Slot> ring = disruptor.getRingBuffer();
    return value -> {
      Tick tick = new Tick(value);
      long sequence = ring.next();
      ring.get(sequence).tick = tick;
      ring.publish(sequence);
    };
  }

  @Override
  public void close() {
    disruptor.halt();
  }
}
