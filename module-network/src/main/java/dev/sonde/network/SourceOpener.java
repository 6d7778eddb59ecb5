package dev.sonde.network;

import dev.sonde.event.network.CaptureEvent;
import dev.sonde.network.Interfaces.NetworkInterface;
import java.util.function.Consumer;

/// Opens what the configuration asks for.
final class SourceOpener {

  static final String SAMPLE = "sample";

  private final String source;
  private final NetworkConfig config;
  private final Links links;
  private final Consumer<CaptureEvent> tell;

  /// @param source which, as [SourceChoice] has it
  /// @param links tell when an interface returns
  /// @param tell is given what happens to an interface while it is captured
  SourceOpener(String source, NetworkConfig config, Links links, Consumer<CaptureEvent> tell) {
    this.source = source;
    this.config = config;
    this.links = links;
    this.tell = tell;
  }

  /// Opens it.
  ///
  /// @throws CaptureException if that is not possible; never for `auto`, which then plays the
  ///     sample, unless a setting is wrong
  Opened open() throws CaptureException {
    return switch (SourceChoice.parse(source)) {
      case SourceChoice.Auto() -> automatic();
      case SourceChoice.Live(String name) -> live(name);
      case SourceChoice.CaptureFile(String path) -> file(path);
      case SourceChoice.Sample() -> sample("");
    };
  }

  /// Frees an [#open] that waits, as it does at a FIFO that nobody writes to yet. Any thread.
  void cancel() {
    if (source.startsWith(SourceChoice.FILE)) {
      CaptureStream.stopWaiting(source.substring(SourceChoice.FILE.length()).strip());
    }
  }

  private Opened automatic() throws CaptureException {
    try {
      NetworkInterface best =
          Interfaces.best(Interfaces.list())
              .orElseThrow(
                  () ->
                      new CaptureException(
                          "No network interface is up", "Bring one up: sudo ip link set NAME up"));
      return live(best.name());
    } catch (CaptureException e) {
      return sample(
          "This is the built-in sample, not your network: " + e.problem() + ". " + e.remedy());
    }
  }

  private Opened live(String name) throws CaptureException {
    HotPlugSource live = new HotPlugSource(name, () -> LiveSource.open(name, config), links, tell);
    return new Opened(SourceChoice.LIVE + name, live, FrameFilter.ALL, Speed.FULL, true, "");
  }

  private Opened file(String path) throws CaptureException {
    Speed speed = Speed.parse(config.speed(), Speed.FULL);
    return recorded("pcap:" + path, CaptureFileSource.open(path), speed, "");
  }

  private Opened sample(String note) throws CaptureException {
    Speed speed = Speed.parse(config.speed(), Speed.REAL_TIME);
    return recorded(SAMPLE, new SampleSource(config.repeat()), speed, note);
  }

  private Opened recorded(String name, PacketSource recording, Speed speed, String note)
      throws CaptureException {
    try {
      FrameFilter filter = FrameFilter.of(config.filter(), recording.linkType());
      return new Opened(name, recording, filter, speed, false, note);
    } catch (CaptureException e) {
      recording.close();
      throw e;
    }
  }
}
