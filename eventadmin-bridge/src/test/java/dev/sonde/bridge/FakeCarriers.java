package dev.sonde.bridge;

/// Carriers that are only counted.
final class FakeCarriers implements Carriers {
  int parallelism;
  int active;
  int nudges;

  FakeCarriers(int parallelism) {
    this.parallelism = parallelism;
  }

  @Override
  public int parallelism() {
    return parallelism;
  }

  @Override
  public void parallelism(int carriers) {
    parallelism = carriers;
  }

  @Override
  public int active() {
    return active;
  }

  @Override
  public void nudge() {
    nudges++;
  }
}
