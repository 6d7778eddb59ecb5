package dev.sonde.benchmarks.bus;

import com.acme.plain.ForeignHandler;
import org.jspecify.annotations.Nullable;
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

  /// A name of [Contenders].
  @Param("sonde")
  public String contender;

  /// A name of [Shape].
  @Param("1to1")
  public String shape;

  private final Allocation allocation = new Allocation();
  private ClosedLoop loop;
  private Contender bus;
  private @Nullable ForeignHandler foreign;

  /// Starts the contender.
  @Setup(Level.Trial)
  public void open() {
    Shape who = Shape.of(shape);
    loop = new ClosedLoop(who.publishers(), who.subscribers());
    bus = Contenders.of(contender).open(who);
    loop.receivers().forEach(receiver -> bus.subscribe(who.pattern(), receiver::receive));
    if (who.hasForeignHandler()) {
      foreign = new ForeignHandler(who.hasHangingHandler());
      bus.subscribePlainly(foreign);
    }
  }

  Lane lane(int index) {
    return loop.lane(index);
  }

  Contender.Publisher publisher() {
    return Shape.of(shape) == Shape.ADMIN_SEND ? bus.sender() : bus.publisher();
  }

  /// Begins to count.
  @Setup(Level.Iteration)
  public void begin() {
    allocation.begin(loop.sent());
  }

  /// Waits until everything has arrived, and checks it.
  @TearDown(Level.Iteration)
  public void end() {
    loop.verify();
    Figures.put(Figure.BYTES, allocation.bytesPerEvent(loop.sent()));
    bus.check(loop.sent(), loop.receivers().size());
    if (foreign != null && foreign.calls() == 0) {
      throw new LostEventException("the plain handler was never called");
    }
  }

  /// Stops the contender, and checks that nothing came late.
  @TearDown(Level.Trial)
  public void close() {
    if (foreign != null) {
      foreign.release();
    }
    bus.close();
    loop.verify();
  }
}
