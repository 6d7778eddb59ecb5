package dev.sonde.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineOutputTest {

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final AtomicReference<@Nullable Predicate<String>> editor = new AtomicReference<>();
  private final List<String> above = new ArrayList<>();
  private final PrintStream out = new LineOutput(terminal, editor, UTF_8).asPrintStream();

  @Test
  void shouldWritePlainlyWhileThereIsNoEditor() {
    out.print("no line ");
    out.flush();
    assertThat(terminal.toString(UTF_8)).isEqualTo("no line ");

    out.println("break");
    assertThat(terminal.toString(UTF_8)).isEqualTo("no line break" + System.lineSeparator());
  }

  @Test
  void shouldOfferWholeLinesToTheEditor() {
    editor.set(above::add);

    out.print("two li");
    out.flush();
    out.print("nes\nat once\nand a half");
    out.flush();

    assertThat(above).containsExactly("two lines\nat once");
    assertThat(terminal.size()).isZero();
  }

  @Test
  void shouldWriteWhatTheEditorDoesNotTake() {
    editor.set(lines -> false);

    out.print("line\n");

    assertThat(terminal.toString(UTF_8)).isEqualTo("line\n");
  }

  @Test
  void shouldNotKeepWhatWasHeldBackWhenTheEditorGoes() {
    editor.set(above::add);
    out.print("half");
    editor.set(null);
    out.flush();

    assertThat(terminal.toString(UTF_8)).isEqualTo("half");
  }

  @Test
  void shouldKeepCharactersWholeThatArriveInPieces() {
    editor.set(above::add);

    for (byte b : "⣿ größer\n".getBytes(UTF_8)) {
      out.write(b);
    }

    assertThat(above).containsExactly("⣿ größer");
  }

  @Test
  void shouldNotHoldBackALineWithoutEnd() {
    editor.set(above::add);
    String endless = "x".repeat(200_000);

    out.print(endless);
    out.print("\n");

    assertThat(terminal.toString(UTF_8) + String.join("", above)).isEqualTo(endless);
  }
}
