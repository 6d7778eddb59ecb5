package dev.sonde.benchmarks.deploy;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;

/// What a process holds, after a full collection.
///
/// @param heapMiB live objects
/// @param metaspaceMiB classes and what belongs to them
/// @param classes loaded now
/// @param threads platform threads
record Footprint(double heapMiB, double metaspaceMiB, int classes, int threads) {

  private static final double MIB = 1 << 20;

  static Footprint now() {
    System.gc();
    return new Footprint(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB,
        metaspace() / MIB,
        ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
        ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static long metaspace() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  static Footprint parse(String[] words, int first) {
    return new Footprint(
        Double.parseDouble(words[first]),
        Double.parseDouble(words[first + 1]),
        Integer.parseInt(words[first + 2]),
        Integer.parseInt(words[first + 3]));
  }

  @Override
  public String toString() {
    return heapMiB + " " + metaspaceMiB + " " + classes + " " + threads;
  }
}
