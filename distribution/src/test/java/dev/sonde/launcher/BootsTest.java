package dev.sonde.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootsTest {

  @TempDir Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = new Home(directory);
    Files.createDirectories(home.bootCount().getParent());
  }

  @Test
  void shouldGoIntoSafeModeAfterThreeThatBrokeOff() {
    assertThat(Boots.begin(home).stage()).isEqualTo(Stage.RUNNING);
    assertThat(Boots.begin(home).stage()).isEqualTo(Stage.RUNNING);
    assertThat(Boots.begin(home).stage()).isEqualTo(Stage.RUNNING);

    Boots fourth = Boots.begin(home);
    assertThat(fourth.stage()).isEqualTo(Stage.SAFE_MODE);
    assertThat(fourth.before()).isEqualTo(3);
    assertThat(Boots.begin(home).stage()).isEqualTo(Stage.SAFE_MODE);
  }

  @Test
  void shouldForgetThemAfterAGoodOne() {
    var _ = Boots.begin(home);
    var _ = Boots.begin(home);
    Boots.begin(home).good();

    assertThat(Boots.brokenOff(home)).isZero();
    assertThat(Boots.begin(home).before()).isZero();
  }

  @Test
  void shouldCountOneThatLastsAsGood() throws Exception {
    Boots.begin(home).watch(Duration.ofMillis(1));

    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (Boots.brokenOff(home) > 0 && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    assertThat(Boots.brokenOff(home)).isZero();
  }

  @Test
  void shouldHoldNothingAgainstADeviceWhoseCountCanNotBeRead() throws IOException {
    Files.writeString(home.bootCount(), "\0\0\0");

    assertThat(Boots.begin(home).isSafeMode()).isFalse();
    assertThat(home.bootCount()).hasContent("1");
  }

  @Test
  void shouldStartWhereNothingCanBeCounted() {
    Home missing = new Home(directory.resolve("none"));

    assertThat(Boots.begin(missing).isSafeMode()).isFalse();
  }
}
