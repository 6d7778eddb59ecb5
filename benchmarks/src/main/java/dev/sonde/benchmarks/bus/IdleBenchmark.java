package dev.sonde.benchmarks.bus;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/// What sixteen subscribers cost for five seconds in which nothing is published, after traffic.
@BenchmarkMode(Mode.SingleShotTime)
public class IdleBenchmark {

  private static final long TRAFFIC_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// Until the compiler has done what the traffic gave it to do.
  private static final long SETTLING_MILLIS = 2_000;

  private static final long RESTING_MILLIS = 5_000;

  /// Publishes, and then rests.
  @Benchmark
  public void rest(Traffic traffic) throws InterruptedException {
    Lane lane = traffic.lane(0);
    Contender.Publisher publisher = traffic.publisher();
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < TRAFFIC_NANOS) {
      publisher.publish(lane.next());
    }
    lane.drain();
    Thread.sleep(SETTLING_MILLIS);
    measure();
  }

  private static void measure() throws InterruptedException {
    ProcessorTime before = ProcessorTime.now();
    long begun = System.nanoTime();
    Thread.sleep(RESTING_MILLIS);
    ProcessorTime spent = ProcessorTime.now().since(before);
    double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
    Figures.put(Figure.CPU, 100 * spent.seconds() / seconds);
    Figures.put(Figure.WAKE_UPS, spent.runs() / seconds);
    Figures.put(Figure.THREADS, ManagementFactory.getThreadMXBean().getThreadCount());
  }
}
