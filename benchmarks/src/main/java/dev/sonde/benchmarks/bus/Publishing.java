package dev.sonde.benchmarks.bus;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/// What one publishing thread holds.
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls open first.
public class Publishing {

  private Lane lane;
  private Contender.Publisher publisher;

  /// Takes this thread's lane.
  @Setup(Level.Trial)
  public void open(Traffic traffic, ThreadParams thread) {
    lane = traffic.lane(thread.getThreadIndex());
    publisher = traffic.publisher();
  }

  /// The clock starts and stops with a full window, so that what is in flight at the end is not
  /// counted in favour of slow buses.
  @Setup(Level.Iteration)
  public void fill(Traffic traffic) {
    for (int i = 0; i < lane.share(); i++) {
      publish();
    }
  }

  void publish() {
    publisher.publish(lane.next());
  }
}
