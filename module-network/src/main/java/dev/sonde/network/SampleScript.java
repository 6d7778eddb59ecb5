package dev.sonde.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/// Collects what happens in the sample, in any order, and plays it in the order of time.
final class SampleScript {

  private static final long MICROS_PER_SECOND = 1_000_000;

  private final RandomGenerator random;
  private final List<Scene> scenes = new ArrayList<>();

  SampleScript(RandomGenerator random) {
    this.random = random;
  }

  RandomGenerator random() {
    return random;
  }

  /// @param atSeconds since the sample's begin
  void add(double atSeconds, int linkType, byte[] data) {
    scenes.add(new Scene((long) (atSeconds * MICROS_PER_SECOND), linkType, data));
  }

  /// A little time, as networks take it.
  ///
  /// @return between half of and one and a half times as much
  double about(double seconds) {
    return seconds * (0.5 + random.nextDouble());
  }

  List<Scene> scenes() {
    return scenes.stream().sorted(Comparator.comparingLong(Scene::atMicros)).toList();
  }

  /// A frame and when it comes. The bytes are never changed.
  static final class Scene {

    private final long atMicros;
    private final int linkType;
    private final byte[] data;

    private Scene(long atMicros, int linkType, byte[] data) {
      this.atMicros = atMicros;
      this.linkType = linkType;
      this.data = data;
    }

    /// Since the sample's begin.
    long atMicros() {
      return atMicros;
    }

    int linkType() {
      return linkType;
    }

    byte[] data() {
      return data;
    }
  }
}
