package dev.sonde.benchmarks.bus;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What the whole process allocates for an event, in whichever thread.
final class Allocation {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long sent;
  private long bytes;

  void begin(long sentSoFar) {
    sent = sentSoFar;
    bytes = THREADS.getTotalThreadAllocatedBytes();
  }

  double bytesPerEvent(long sentSoFar) {
    return (THREADS.getTotalThreadAllocatedBytes() - bytes) / (double) (sentSoFar - sent);
  }
}
