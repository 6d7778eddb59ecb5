package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The screen, as text and as a picture, after a replay.
class UiInFrameworkTest {

  private static final int WIDTH = 128;
  private static final int HEIGHT = 64;

  /// The bit of each dot of a braille character, by row and column (Unicode, Braille Patterns).
  private static final int[][] DOTS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

  @TempDir Path home;
  private TestDevice device;

  @BeforeEach
  void start() throws Exception {
    Path capture =
        new SmallCapture()
            .arp()
            .dnsQuery("example.org")
            .dnsResponse("example.org")
            .write(home.resolve("three.pcap"));
    configure(capture);
    device = TestDevice.start(home, Map.of());
    awaitReplay(3);
  }

  private void configure(Path capture) throws Exception {
    Files.createDirectories(home.resolve("conf"));
    Files.writeString(home.resolve("conf/network.cfg"), "source = pcap:" + capture + "\n");
  }

  private void awaitReplay(int packets) throws Exception {
    TestDevice.await(
        packets + " packets",
        () ->
            SondeProcess.events(home, "sonde/network/capture/STOPPED").stream()
                .anyMatch(event -> event.get("packets").asInt() == packets));
  }

  @AfterEach
  void stop() throws Exception {
    device.close();
  }

  /// The screen's lines without the border.
  private List<String> show() throws Exception {
    List<String> lines = device.shell("ui:show").lines().toList();
    assertThat(lines).hasSize(18);
    assertThat(lines.getFirst()).isEqualTo("╭" + "─".repeat(64) + "╮");
    assertThat(lines.getLast()).isEqualTo("╰" + "─".repeat(64) + "╯");
    return lines.subList(1, 17).stream()
        .peek(line -> assertThat(line).startsWith("│").endsWith("│").hasSize(66))
        .map(line -> line.substring(1, 65))
        .toList();
  }

  private BufferedImage screenshot(String options) throws Exception {
    Path file = home.resolve("screen.png");
    assertThat(device.shell("ui:screenshot " + file + options)).contains(file.toString());
    return ImageIO.read(file.toFile());
  }

  private static boolean dot(List<String> lines, int x, int y) {
    return (lines.get(y / 4).charAt(x / 2) & DOTS[y % 4][x % 2]) != 0;
  }

  @Test
  void shouldShowTheScreenInBraille() throws Exception {
    List<String> lines = show();
    assertThat(lines).allSatisfy(line -> assertThat(line).matches("[\\u2800-\\u28FF]{64}"));
    assertThat(String.join("", lines).chars().distinct().count()).isGreaterThan(10);
  }

  @Test
  void shouldSaveThePictureThatItShows() throws Exception {
    TestDevice.await(
        "the same frame as text and as a picture",
        () -> {
          List<String> lines = show();
          BufferedImage picture = screenshot(" --scale 1");
          assertThat(picture.getWidth()).isEqualTo(WIDTH);
          assertThat(picture.getHeight()).isEqualTo(HEIGHT);
          return matches(lines, picture);
        });
  }

  private static boolean matches(List<String> lines, BufferedImage picture) {
    int lit = -1;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        if (dot(lines, x, y)) {
          lit = lit == -1 ? x + y * WIDTH : lit;
        }
      }
    }
    int litColour = picture.getRGB(lit % WIDTH, lit / WIDTH);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        if (dot(lines, x, y) != (picture.getRGB(x, y) == litColour)) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void shouldEnlargePicturesByWholePixels() throws Exception {
    BufferedImage usual = screenshot("");
    assertThat(usual.getWidth()).isEqualTo(4 * WIDTH);
    assertThat(usual.getHeight()).isEqualTo(4 * HEIGHT);
    TreeSet<Integer> colours = new TreeSet<>();
    for (int y = 0; y < usual.getHeight(); y++) {
      for (int x = 0; x < usual.getWidth(); x++) {
        colours.add(usual.getRGB(x, y));
        assertThat(usual.getRGB(x, y)).isEqualTo(usual.getRGB(x / 4 * 4, y / 4 * 4));
      }
    }
    assertThat(colours).hasSize(2);
    assertThat(screenshot(" --scale 2").getWidth()).isEqualTo(2 * WIDTH);
  }

  @Test
  void shouldShowMorePacketsAsTheyCome() throws Exception {
    TestDevice.await("the counter 3", () -> bigFigures(show()).equals(bigFigures(show())));
    String before = bigFigures(show());
    SmallCapture more = new SmallCapture();
    for (int i = 0; i < 789; i++) {
      more.datagram();
    }
    configure(more.write(home.resolve("more.pcap")));
    awaitReplay(789);
    TestDevice.await("another counter", () -> !bigFigures(show()).equals(before));
  }

  /// Where the first view has the number of packets, left below the title.
  private static String bigFigures(List<String> lines) {
    return lines.subList(3, 7).stream().map(line -> line.substring(0, 20)).toList().toString();
  }

  @Test
  void shouldGoToAnotherViewByKey() throws Exception {
    List<String> before = show();
    device.shell("hardware:press DOWN");
    TestDevice.await("another title", () -> !show().getFirst().equals(before.getFirst()));
    device.shell("hardware:press BACK");
    TestDevice.await("the first title", () -> show().getFirst().startsWith(start(before)));
  }

  /// The title; the clock or what else is on the right may change.
  private static String start(List<String> lines) {
    return lines.getFirst().substring(0, 20);
  }

  @Test
  void shouldExplainAFileThatCanNotBeWritten() throws Exception {
    Path missing = home.resolve("missing/screen.png");
    assertThatThrownBy(() -> device.shell("ui:screenshot " + missing))
        .hasMessageContaining("Can not write " + missing)
        .hasMessageContaining("folder does not exist");
    assertThatThrownBy(() -> device.shell("ui:screenshot " + home))
        .hasMessageContaining("Can not write " + home)
        .hasMessageContaining("it is a folder");
    assertThatThrownBy(() -> device.shell("ui:screenshot"))
        .hasMessageContaining("ui:screenshot FILE");
    assertThatThrownBy(() -> screenshot(" --scale 99")).hasMessageContaining("99");
    assertThat(missing).doesNotExist();
  }
}
