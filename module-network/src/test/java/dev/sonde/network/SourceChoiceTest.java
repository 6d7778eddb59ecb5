package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceChoiceTest {

  @Test
  void shouldCaptureOnEachInterfaceThatIsNamed() {
    assertThat(SourceChoice.each("live:eth0, wlan0,live:eth0"))
        .containsExactly("live:eth0", "live:wlan0");
    assertThat(SourceChoice.each("pcap:a,b.pcap")).containsExactly("pcap:a,b.pcap");
    assertThat(SourceChoice.each("live:")).containsExactly("live:");
    assertThatThrownBy(() -> SourceChoice.require("eth0"))
        .hasMessageContaining("There is no source \"eth0\". Give auto, live:IFACE");
  }

  @Test
  void shouldReadAllSources() throws Exception {
    assertThat(SourceChoice.parse("auto")).isEqualTo(new SourceChoice.Auto());
    assertThat(SourceChoice.parse("sample ")).isEqualTo(new SourceChoice.Sample());
    assertThat(SourceChoice.parse("live:eth0")).isEqualTo(new SourceChoice.Live("eth0"));
    assertThat(SourceChoice.parse("pcap:C:/a b.pcap"))
        .isEqualTo(new SourceChoice.CaptureFile("C:/a b.pcap"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "live", "live:", "pcap:", "eth0", "sample:x", "file.pcap"})
  void shouldRefuseWhatIsNoSource(String text) {
    assertThatThrownBy(() -> SourceChoice.parse(text)).isInstanceOf(CaptureException.class);
  }
}
