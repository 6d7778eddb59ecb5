package dev.sonde.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

  @TempDir Path directory;
  private Path distribution;

  @BeforeEach
  void makeDistribution() throws IOException {
    distribution = directory.resolve("distribution");
    Files.createDirectories(distribution.resolve("conf"));
    Files.writeString(distribution.resolve("conf/logger.cfg"), "shipped");
    Files.writeString(distribution.resolve("conf/ui.cfg"), "shipped");
  }

  @Test
  void shouldMakeFoldersAndCopyConfiguration() throws Exception {
    Path home = directory.resolve("a/b");

    new Home(home).prepare(distribution);

    assertThat(home.toFile().list())
        .containsExactlyInAnyOrder("conf", "deploy", "quarantine", "data", "log");
    assertThat(home.resolve("conf/ui.cfg")).hasContent("shipped");
  }

  @Test
  void shouldLeaveConfigurationThatIsThere() throws Exception {
    Path conf = Files.createDirectories(directory.resolve("home/conf"));
    Files.writeString(conf.resolve("ui.cfg"), "mine");

    new Home(directory.resolve("home")).prepare(distribution);

    assertThat(conf.resolve("ui.cfg")).hasContent("mine");
    assertThat(conf.resolve("logger.cfg")).hasContent("shipped");
  }

  @Test
  void shouldTakeTheDistributionItselfAsHome() throws Exception {
    new Home(distribution).prepare(distribution);

    assertThat(distribution.resolve("conf/ui.cfg")).hasContent("shipped");
    assertThat(distribution.resolve("deploy")).isDirectory();
  }

  @Test
  void shouldSayThatAFileIsNoHome() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> new Home(file).prepare(distribution))
        .isInstanceOfSatisfying(
            LaunchException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.HOME))
        .hasMessageContaining("home directory " + file + " can not be used")
        .hasMessageContaining("--home")
        .hasMessageNotContaining("Exception");
  }
}
