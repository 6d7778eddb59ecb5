package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.event.network.CaptureEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibpcapTest {

  @Test
  void shouldSayHowToGetThePermission() {
    CaptureException refused =
        Libpcap.notOpened("eth0", "eth0: You don't have permission to capture on that device");

    assertThat(refused.problem()).isEqualTo("No permission to capture on eth0");
    assertThat(refused.remedy()).contains("setpriv").contains("AmbientCapabilities=CAP_NET_RAW");
  }

  @Test
  void shouldSayWhatIsWrongWithAnInterface() {
    assertThat(Libpcap.notOpened("x", "x: No such device exists").problem())
        .isEqualTo("There is no interface x");
    assertThat(Libpcap.notOpened("x", "x: That device is not up").remedy())
        .contains("ip link set x up");
    assertThat(Libpcap.notOpened("x", "That device doesn't support monitor mode").problem())
        .isEqualTo("The interface x has no monitor mode");
    assertThat(Libpcap.notOpened("x", "something else").problem()).contains("something else");
  }

  @Test
  void shouldShowWhatTheCompilerSaysAboutAFilter() {
    assertThat(
            Libpcap.badFilter("foo bar", "Error occurred in pcap_compile: syntax error").problem())
        .isEqualTo("The filter \"foo bar\" is not valid: syntax error");
  }

  /// A process of its own, since a class that failed to load its library stays broken.
  @Test
  void shouldPlayTheSampleWhereLibpcapIsMissing() throws Exception {
    List<String> output = runWithout("auto");

    assertThat(output).anyMatch(line -> line.contains("CaptureStarted[source=sample"));
    assertThat(output).anyMatch(line -> line.contains("libpcap can not be loaded"));
    assertThat(output).anyMatch(line -> line.contains("apt install libpcap0.8"));
    assertThat(output.getLast()).startsWith("CaptureStopped[source=sample").contains("atEnd=true");
  }

  @Test
  void shouldFailPlainlyWhereLibpcapIsAskedForAndMissing() throws Exception {
    assertThat(runWithout("live:lo")).hasSize(1).first().asString().startsWith("CaptureFailed");
  }

  private static List<String> runWithout(String source) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dorg.pcap4j.core.pcapLibName=no-such-library");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(PrintedCapture.class.getName());
    command.add(source);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> output = process.inputReader().lines().toList();
    assertThat(process.waitFor()).isZero();
    return output;
  }

  /// Runs one capture and prints what happens to it.
  static final class PrintedCapture {

    private PrintedCapture() {}

    public static void main(String[] arguments) {
      Captures.run(Captures.config(arguments[0], "", "max")).events.stream()
          .filter(CaptureEvent.class::isInstance)
          .forEach(System.out::println);
    }
  }
}
