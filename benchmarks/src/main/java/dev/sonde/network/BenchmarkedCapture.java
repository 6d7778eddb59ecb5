package dev.sonde.network;

import com.sun.management.ThreadMXBean;
import dev.sonde.bridge.BenchmarkedBus;
import dev.sonde.bus.InboxCounts;
import dev.sonde.event.network.CaptureFailed;
import dev.sonde.event.network.CaptureStarted;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A capture as the device runs it, without a framework: every event goes through the bus to a
/// subscriber that, as the logger, hears all but raw packets. It lies in the module's package
/// because a bundle's parts are its own affair.
public final class BenchmarkedCapture {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final BenchmarkedBus bus =
      new BenchmarkedBus("sonde/network/PACKET", (event, at) -> heard(event));
  private final QuietBytes quiet = new QuietBytes(bus.of("network"));
  private final Capture capture;
  private final Thread thread = Thread.ofPlatform().name("capture").unstarted(this::run);
  private long allocatedBytes;

  /// @param settings as `conf/network.cfg` has them
  /// @param metered whether allocation is looked at before and after each packet, which takes time
  public BenchmarkedCapture(Map<String, String> settings, boolean metered) {
    NetworkConfig config = BenchmarkedBus.settings(NetworkConfig.class, settings);
    capture =
        new Capture(
            config.source(),
            config,
            metered ? quiet : bus.of("network"),
            (delay, task) -> {},
            Path.of("unused"),
            new Links(false));
  }

  /// What came of it.
  ///
  /// @param packets that the capture has counted
  /// @param events that were heard
  /// @param missed events that were not, since there were too many
  /// @param allocatedBytes by the thread that captures, all in all
  /// @param quietPackets those that raised no event
  /// @param quietBytes what that thread allocated for these
  public record Result(
      long packets,
      long events,
      long missed,
      long allocatedBytes,
      long quietPackets,
      long quietBytes) {}

  /// Begins on a thread of its own.
  ///
  /// @return this, when the source is open
  /// @throws IllegalStateException if it can not be opened
  public BenchmarkedCapture begin() {
    thread.start();
    started.join();
    return this;
  }

  /// How many packets there were so far.
  public long packets() {
    Statistics statistics = capture.statistics();
    return statistics == null ? 0 : statistics.get(Counter.PACKETS);
  }

  /// Ends a live capture.
  public Result cancelled() throws InterruptedException {
    capture.cancel();
    return ended();
  }

  /// Waits for the end of a replay, and until the last event was heard.
  public Result ended() throws InterruptedException {
    thread.join();
    InboxCounts counts = bus.drained();
    bus.close();
    return new Result(
        packets(), counts.delivered(), counts.missed(), allocatedBytes, quiet.packets, quiet.bytes);
  }

  private void run() {
    capture.run();
    allocatedBytes = THREADS.getCurrentThreadAllocatedBytes();
  }

  private void heard(Object event) {
    switch (event) {
      case CaptureStarted _ -> started.complete(null);
      case CaptureFailed failed ->
          started.completeExceptionally(
              new IllegalStateException(failed.problem() + ". " + failed.remedy()));
      default -> {}
    }
  }
}
