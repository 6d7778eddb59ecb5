package dev.sonde.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void shouldTellBundlesHowTheDeviceWasStarted() {
    var settings = new TreeMap<>(Map.of("network.source", "sample", "ui.rate", "5"));
    var run = new Invocation.Run(null, true, true, true, settings);

    assertThat(Settings.of(run, new Home(Path.of("/home")), Path.of("/sonde"), false))
        .containsEntry("sonde.home", "/home")
        .containsEntry("sonde.headless", "true")
        .containsEntry("sonde.exit-when-done", "true")
        .containsEntry("sonde.source-required", "true")
        .containsEntry("sonde.config.network.source", "sample")
        .containsEntry("sonde.config.ui.rate", "5")
        .containsEntry("org.osgi.framework.storage", "/home/data/cache");
  }
}
