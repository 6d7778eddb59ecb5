package dev.sonde.network;

import dev.sonde.bus.Event;
import dev.sonde.event.network.NetworkEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Gives frames to a dissector and keeps what it tells.
final class Heard {

  static final Duration LOST_AFTER = Duration.ofMinutes(1);

  private static final long BEGIN_NANOS = 1_700_000_000_000_000_000L;
  private static final long MILLI_NANOS = 1_000_000;

  final Statistics statistics = new Statistics("test");
  private final List<NetworkEvent> events = new ArrayList<>();
  private final Dissector dissector;
  private final Frame frame = new Frame();
  private long nowNanos = BEGIN_NANOS;

  Heard() {
    this(64);
  }

  Heard(int rows) {
    dissector =
        new Dissector(new Findings("test", statistics, events::add, rows), LOST_AFTER.toNanos());
  }

  /// All frames of the sample.
  static Heard sample() {
    Heard heard = new Heard();
    SampleSource.scenes().forEach(scene -> heard.frame(scene.linkType(), scene.data()));
    heard.finish();
    return heard;
  }

  /// Lets time pass.
  Heard later(Duration time) {
    nowNanos += time.toNanos();
    return this;
  }

  /// Hears a frame, a millisecond after the one before.
  Heard frame(int linkType, byte[] data) {
    nowNanos += MILLI_NANOS;
    frame.over(data, 0, data.length);
    dissector.dissect(frame.described(nowNanos, linkType, data.length));
    return this;
  }

  Heard ethernet(int etherType, byte[] packet) {
    return frame(
        LinkType.ETHERNET, new PacketWriter().zeros(12).u16(etherType).bytes(packet).done());
  }

  Heard ip(byte[] packet) {
    return ethernet(EtherType.IPV4, packet);
  }

  Heard wifi(byte[] data) {
    return frame(LinkType.IEEE802_11_RADIOTAP, data);
  }

  void finish() {
    dissector.finish();
  }

  <E extends Event> List<E> all(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <E extends Event> E only(Class<E> type) {
    List<E> all = all(type);
    if (all.size() != 1) {
      throw new AssertionError("Not one " + type.getSimpleName() + " but " + all);
    }
    return all.getFirst();
  }
}
