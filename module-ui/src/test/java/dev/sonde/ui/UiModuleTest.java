package dev.sonde.ui;

import static dev.sonde.ui.Samples.query;
import static dev.sonde.ui.Samples.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bus.Overflow;
import dev.sonde.bus.Subscription;
import dev.sonde.event.input.Key;
import dev.sonde.event.input.KeyAction;
import dev.sonde.event.input.KeyEvent;
import dev.sonde.event.module.EventsMissed;
import dev.sonde.event.module.ModuleState;
import dev.sonde.event.network.CaptureStarted;
import dev.sonde.event.network.CaptureStatistics;
import dev.sonde.event.network.CaptureStopped;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UiModuleTest {

  private final FakeContext fake =
      new FakeContext(
          Instant.parse("2026-11-20T12:34:10Z"), new UiConfig(UiConfig.FirstView.TRAFFIC, 10));
  private final UiModule module = new UiModule(fake, ZoneOffset.UTC);
  private final UiCommands commands = new UiCommands(module);
  private final ExecutorService shell = Executors.newSingleThreadExecutor();

  @TempDir Path folder;

  @BeforeEach
  void start() {
    module.start(fake.context());
  }

  @AfterEach
  void endShell() {
    shell.shutdownNow();
  }

  @Test
  void shouldShowWhatTheEventsSay() throws Exception {
    String before = show();
    fake.deliver(new CaptureStarted("sample", 1, ""));
    fake.deliver(
        CaptureStatistics.of(
            "sample",
            Map.of(
                "packets",
                1234L,
                "bytes",
                99_999L,
                "arp",
                12L,
                "dns_query",
                34L,
                "dns_response",
                30L)));
    fake.deliver(query("www.example.org", "A"));
    fake.deliver(new EventsMissed("logger", "all", 5, 5));
    fake.deliver(state("logger", ModuleState.ACTIVE));

    Frame expected = expected();
    assertThat(show()).isEqualTo(Braille.draw(expected)).isNotEqualTo(before);
    Golden.assertDrawn("module", expected);
  }

  @Test
  void shouldShowThatACaptureEnded() throws Exception {
    fake.deliver(new CaptureStarted("sample", 1, ""));
    String running = show();
    fake.deliver(new CaptureStopped("sample", 0, true, ""));

    assertThat(show()).isNotEqualTo(running);
  }

  @Test
  void shouldChangeViewsWhenAKeyIsTapped() throws Exception {
    String traffic = show();
    press(Key.DOWN, KeyAction.PRESS, KeyAction.SHORT, KeyAction.RELEASE);
    String names = show();
    assertThat(names).isNotEqualTo(traffic);
    press(Key.DOWN, KeyAction.PRESS, KeyAction.LONG, KeyAction.REPEAT, KeyAction.RELEASE);
    assertThat(show()).as("two steps round").isEqualTo(traffic);
  }

  @Test
  void shouldTakeOnlyTheNewestOfFiguresAndStates() {
    assertThat(fake.subscriptions)
        .filteredOn(subscription -> subscription.overflow() == Overflow.LATEST)
        .allMatch(Subscription::wantsLast)
        .extracting(Subscription::name)
        .containsExactlyInAnyOrder("statistics", "modules");
  }

  @Test
  void shouldSaveAPictureFourTimesAsLarge() throws Exception {
    Path file = folder.resolve("screen.png");

    assertThat(command(() -> commands.screenshot(file.toString())))
        .isEqualTo("Saved 512 × 256 pixels to " + file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(512);
    assertThat(image.getHeight()).isEqualTo(256);
  }

  @Test
  void shouldSaveAPictureAtTheScaleAskedFor() throws Exception {
    Path file = folder.resolve("screen.png");
    command(() -> commands.screenshot("--scale", "1", file.toString()));

    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(128);
  }

  @Test
  void shouldSayWhyAPictureCanNotBeSaved() throws Exception {
    Path occupied = Files.createDirectory(folder.resolve("folder"));

    assertRefused("it is a folder", occupied.toString());
    assertRefused("its folder does not exist", folder.resolve("no/where.png").toString());
    assertRefused("is no file name", "a\0b");
    assertRefused("Where to?");
    assertRefused("Where to?", "a.png", "b.png");
    assertRefused("'0' is no scale", "a.png", "--scale", "0");
    assertRefused("'33' is no scale", "a.png", "--scale", "33");
    assertRefused("'' is no scale", "a.png", "--scale");
    assertThat(Files.exists(Path.of("a.png"))).isFalse();
  }

  @Test
  void shouldRefuseAnUnknownOption() {
    assertRefusedShow("--forever");
    assertRefusedShow("--once", "--live");
  }

  @Test
  void shouldSayThatItIsNotRunning() {
    module.stop();
    assertThatThrownBy(module::frame)
        .hasMessage("Module ui is not running; start it with module:start ui");
  }

  @Test
  void shouldDrawLiveUntilAKeyIsTyped() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Typed keyboard = new Typed();
    LiveTerminal terminal =
        new LiveTerminal(keyboard, new PrintStream(out, true, StandardCharsets.UTF_8));
    Future<?> live =
        shell.submit(
            () -> {
              terminal.run(module);
              return null;
            });
    fake.runNext(); // draws the first frame
    fake.runNext(); // watches
    fake.deliver(query("www.example.org", "A"));
    fake.pass(Duration.ofSeconds(1));
    String shown = Braille.draw(expected());
    while (!out.toString(StandardCharsets.UTF_8).replace("\u001b[K\r", "").contains(shown)) {
      Thread.onSpinWait();
    }
    keyboard.type();
    live.get();
    fake.runWaiting();

    assertThat(fake.pendingTimers()).as("nobody watches any more").isZero();
  }

  private void press(Key key, KeyAction... actions) {
    for (KeyAction action : actions) {
      fake.deliver(new KeyEvent(key, action, 1));
    }
  }

  private Frame expected() throws Exception {
    return command(module::frame);
  }

  private String show() throws Exception {
    return command(() -> commands.show(null, "--once"));
  }

  private void assertRefused(String message, String... arguments) {
    assertThatThrownBy(() -> command(() -> commands.screenshot(arguments)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private void assertRefusedShow(String... options) {
    assertThatThrownBy(() -> commands.show(null, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--once and --live");
  }

  /// Runs a command as the shell does, on a thread that is not the module's.
  private <T> T command(Callable<T> command) throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<T> result = other.submit(command);
      while (!result.isDone()) {
        fake.runWaiting();
        Thread.onSpinWait();
      }
      return result.get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    } finally {
      other.shutdownNow();
    }
  }

  /// A keyboard on which nothing was typed yet.
  private static final class Typed extends ByteArrayInputStream {
    private volatile boolean typed;

    Typed() {
      super(new byte[] {'\n'});
    }

    void type() {
      typed = true;
    }

    @Override
    public int available() {
      return typed ? super.available() : 0;
    }
  }
}
