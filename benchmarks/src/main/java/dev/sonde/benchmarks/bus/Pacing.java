package dev.sonde.benchmarks.bus;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A publisher that keeps to a schedule, and a subscriber that looks at the clock. An event carries
/// the time when it was published, not when it was due.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls open first.
public class Pacing {

  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1) / 10_000;

  /// A name of [Contenders].
  @Param("sonde")
  public String contender;

  private final ClosedLoop loop = new ClosedLoop(1, 1);
  private final Latencies latencies = new Latencies();
  private final Lane lane = loop.lane(0);
  private Contender bus;
  private Contender.Publisher publisher;
  private long due;

  /// Starts the contender.
  @Setup(Level.Trial)
  public void open() {
    Receiver receiver = loop.receivers().getFirst();
    bus = Contenders.of(contender).open(Shape.LATENCY);
    bus.subscribe(
        Tick.TOPIC,
        value -> {
          latencies.add(System.nanoTime() - Lane.contentOf(value));
          receiver.receive(value);
        });
    publisher = bus.publisher();
  }

  /// Begins the schedule.
  @Setup(Level.Iteration)
  public void begin() {
    latencies.clear();
    due = System.nanoTime();
  }

  void publish() {
    lane.awaitRoom();
    due += PERIOD_NANOS;
    while (System.nanoTime() - due < 0) {
      Thread.onSpinWait();
    }
    publisher.publish(lane.next(System.nanoTime()));
  }

  /// Waits until everything has arrived, and checks it.
  @TearDown(Level.Iteration)
  public void end() {
    loop.verify();
    bus.check(loop.sent(), 1);
    Figures.put(Figure.P50, latencies.micros(0.50));
    Figures.put(Figure.P99, latencies.micros(0.99));
  }

  /// Stops the contender, and checks that nothing came late.
  @TearDown(Level.Trial)
  public void close() {
    bus.close();
    loop.verify();
  }
}
