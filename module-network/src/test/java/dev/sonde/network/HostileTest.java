package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Packets that were changed at random, from the sample and from all captures that others made.
///
/// `-Dsonde.mutations=1000000` for more than the 50,000 of a usual test run, `-Dsonde.seed=N` for
/// other ones. What it finds stays in [DissectorTest] as a case of its own.
class HostileTest {

  private static final int ROWS = 256;

  @Test
  void shouldSurviveMutatedPacketsInBoundedTimeAndMemory() throws Exception {
    long seed = Long.getLong("sonde.seed", 6);
    int mutations = Integer.getInteger("sonde.mutations", 50_000);
    Mutator mutator = new Mutator(seed, Mutator.corpus());
    Hostility hostility = new Hostility(ROWS);

    for (int i = 0; i < mutations; i++) {
      mutator.mutate();
      hostility.meet(mutator.linkType(), mutator.data(), mutator.length());
    }
    hostility.finish();

    System.out.println("seed " + seed + ", " + mutator.corpusSize() + " packets, " + hostility);
    assertThat(hostility.packets()).isEqualTo(mutations);
    assertThat(hostility.escaped()).as("exceptions that left the dissector").isEmpty();
    assertThat(hostility.slow()).as("packets that took over 50 ms of CPU time").isEmpty();
  }
}
