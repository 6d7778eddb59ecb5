package dev.sonde.benchmarks.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.benchmarks.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureOptionsTest {

  @TempDir Path folder;

  @Test
  void shouldMeasureBothPartsUnlessToldOtherwise() throws Exception {
    assertThat(parse().live()).isTrue();
    assertThat(parse().replay()).isTrue();
    assertThat(parse("--only", "replay").live()).isFalse();
    assertThat(parse("--only", "live", "--packets", "5").replay()).isFalse();
    assertThat(parse("--rounds", "7").rounds()).isEqualTo(7);
  }

  @Test
  void shouldSayWhatDoesNotFit() {
    assertThatThrownBy(() -> parse("--rounds", "0"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--rounds can not be '0'");
    assertThatThrownBy(() -> parse("--only", "half")).hasMessageContaining("half");
    assertThatThrownBy(() -> parse("--fast")).hasMessageContaining("--fast");
  }

  @Test
  void shouldSayWhereCapturesComeFrom() {
    assertThatThrownBy(() -> CaptureOptions.parse(List.of("--captures", "nowhere").iterator()))
        .hasMessageContaining("nowhere")
        .hasMessageContaining("--captures DIR");
  }

  private CaptureOptions parse(String... words) throws UsageException {
    List<String> all = new ArrayList<>(List.of("--captures", folder.toString()));
    all.addAll(List.of(words));
    return CaptureOptions.parse(all.iterator());
  }
}
