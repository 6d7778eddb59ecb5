package dev.sonde.benchmarks.bus;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// One contender with its subscribers, and the closed loop around it.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls open first.
public class Traffic {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// A name of [Contenders].
  @Param("sonde")
  public String contender;

  /// A name of [Shape].
  @Param("1to1")
  public String shape;

  private ClosedLoop loop;
  private Contender bus;
  private long sentBefore;
  private long bytesBefore;

  /// Starts the contender.
  @Setup(Level.Trial)
  public void open() {
    Shape who = Shape.of(shape);
    loop = new ClosedLoop(who.publishers(), who.subscribers());
    bus = Contenders.of(contender).open(who);
    loop.receivers().forEach(receiver -> bus.subscribe(who.pattern(), receiver));
  }

  Lane lane(int index) {
    return loop.lane(index);
  }

  Contender.Publisher publisher() {
    return bus.publisher();
  }

  /// Begins to count.
  @Setup(Level.Iteration)
  public void begin() {
    sentBefore = loop.sent();
    bytesBefore = THREADS.getTotalThreadAllocatedBytes();
  }

  /// Waits until everything has arrived, and checks it.
  @TearDown(Level.Iteration)
  public void end() {
    verify();
    double bytes = THREADS.getTotalThreadAllocatedBytes() - bytesBefore;
    Figures.put(Figures.BYTES, bytes / (loop.sent() - sentBefore));
  }

  /// Stops the contender, and checks that nothing came late.
  @TearDown(Level.Trial)
  public void close() {
    bus.close();
    loop.verify();
  }

  private void verify() {
    loop.verify();
    bus.check(loop.sent());
  }
}
