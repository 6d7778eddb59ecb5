package dev.sonde.network;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/// The sample that is built in: made up here, so that everything shows without a network, a file or
/// a privilege. Two interfaces in one: Wi-Fi with radiotap, and Ethernet.
///
/// The frames are the same in each run; their times count from when it was opened.
final class SampleSource implements PacketSource {

  static final long SECONDS = 40;

  private static final long SEED = 0x50_4E_44_45L;

  private final boolean repeat;
  private final List<SampleScript.Scene> scenes;
  private Instant begin;
  private int next;
  private volatile boolean cancelled;

  /// @param repeat whether it starts over at its end
  SampleSource(boolean repeat) {
    this(repeat, Clock.systemUTC());
  }

  SampleSource(boolean repeat, Clock clock) {
    this.repeat = repeat;
    this.scenes = scenes();
    this.begin = clock.instant();
  }

  static List<SampleScript.Scene> scenes() {
    SampleScript script = new SampleScript(new SplittableRandom(SEED));
    SampleLan.play(script);
    SampleWifi.play(script, SECONDS);
    return script.scenes();
  }

  @Override
  public int linkType() {
    return scenes.getFirst().linkType();
  }

  @Override
  public boolean next(Frame into) {
    if (next == scenes.size() && repeat) {
      next = 0;
      begin = begin.plusSeconds(SECONDS);
    }
    if (cancelled || next == scenes.size()) {
      return false;
    }
    SampleScript.Scene scene = scenes.get(next++);
    Instant captured = begin.plusNanos(scene.atMicros() * 1_000);
    into.over(scene.data(), 0, scene.data().length);
    into.described(
        Frame.nanos(captured.getEpochSecond(), captured.getNano()),
        scene.linkType(),
        scene.data().length);
    return true;
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  @Override
  public void close() {}
}
