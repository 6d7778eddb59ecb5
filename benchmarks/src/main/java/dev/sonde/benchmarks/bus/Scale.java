package dev.sonde.benchmarks.bus;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Many topics and many subscribers: each subscriber wants a hundred topics by their prefix, each
/// event goes to one of them. Seeded, so that all contenders get the same topics in the same order.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls open first.
public class Scale {

  private static final long SEED = 20_261_101;
  private static final int TOPICS_EACH = 100;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /// A name of [Contenders].
  @Param("sonde")
  public String contender;

  private final Allocation allocation = new Allocation();
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final SpreadLoop loop = new SpreadLoop(Shape.SCALE.subscribers());
  private final String[] topics =
      IntStream.range(0, Shape.SCALE.subscribers() * TOPICS_EACH)
          .mapToObj(i -> "bench/s" + i / TOPICS_EACH + "/t" + i % TOPICS_EACH)
          .toArray(String[]::new);
  private Contender bus;
  private Contender.TopicPublisher publisher;

  /// Starts the contender.
  @Setup(Level.Trial)
  public void open() {
    bus = Contenders.of(contender).open(Shape.SCALE);
    for (int i = 0; i < Shape.SCALE.subscribers(); i++) {
      bus.subscribeBelow("bench/s" + i + "/*", loop.receiver(i));
    }
    publisher = bus.topicPublisher();
  }

  /// Begins to count, with a full window.
  @Setup(Level.Iteration)
  public void begin() {
    THREADS.resetPeakThreadCount();
    allocation.begin(loop.sent());
    for (int i = 0; i < ClosedLoop.IN_FLIGHT; i++) {
      publish();
    }
  }

  void publish() {
    int topic = random.nextInt(topics.length);
    publisher.publish(topics[topic], loop.next(topic / TOPICS_EACH));
  }

  /// Waits until everything has arrived, and checks it.
  @TearDown(Level.Iteration)
  public void end() {
    loop.verify();
    Figures.put(Figure.BYTES, allocation.bytesPerEvent(loop.sent()));
    Figures.put(Figure.THREADS, THREADS.getPeakThreadCount());
    bus.check(loop.sent(), 1);
  }

  /// Stops the contender, and checks that nothing came late.
  @TearDown(Level.Trial)
  public void close() {
    bus.close();
    loop.verify();
  }
}
