package dev.sonde.benchmarks.capture;

import dev.sonde.network.BenchmarkedCapture;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sonde, in this JVM: one that has run for a while. A missed event counts as a lost packet.
final class SondeListener implements Listener {

  private static final int LOOK_MILLIS = 10;
  private static final int PATIENCE_MILLIS = 1_500;

  private final String name;
  private final Map<String, String> settings;
  private @Nullable BenchmarkedCapture capture;

  SondeListener(String name, int megabytes) {
    this.name = name;
    this.settings =
        Map.of("source", "live:" + LiveRun.HEARING, "bufferMegabytes", String.valueOf(megabytes));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void begin() {
    capture = new BenchmarkedCapture(settings, false).begin();
  }

  @Override
  public long end(long sent) throws InterruptedException {
    BenchmarkedCapture running = Objects.requireNonNull(capture);
    for (int waited = 0;
        waited < PATIENCE_MILLIS && running.packets() < sent;
        waited += LOOK_MILLIS) {
      Thread.sleep(LOOK_MILLIS);
    }
    BenchmarkedCapture.Result result = running.cancelled();
    return result.packets() - result.missed();
  }
}
