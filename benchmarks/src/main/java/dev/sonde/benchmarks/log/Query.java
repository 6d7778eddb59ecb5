package dev.sonde.benchmarks.log;

import dev.sonde.bus.Event;
import dev.sonde.bus.Topic;

/// What is logged: five components, as a DNS query has them.
@Topic("bench/QUERY")
record Query(String name, String type, String client, String server, int id) implements Event {

  private static final int NAMES = 1_000;

  static Query at(long number) {
    return new Query(
        "host-" + number % NAMES + ".example.org", "AAAA", "192.0.2.17", "192.0.2.1", (int) number);
  }
}
