package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @Test
  void shouldLeaveOrdinaryTextAlone() {
    assertThat(Printable.of("example.org")).isEqualTo("example.org");
    assertThat(Printable.of("Zürich–東京")).isEqualTo("Zürich–東京");
    assertThat(Printable.of(42)).isEqualTo("42");
    assertThat(Printable.of(null)).isEqualTo("null");
  }

  @Test
  void shouldQuoteWhatWouldBeReadAsSeveralWords() {
    assertThat(Printable.of("")).isEqualTo("\"\"");
    assertThat(Printable.of("two words")).isEqualTo("\"two words\"");
    assertThat(Printable.of("type=A")).isEqualTo("\"type=A\"");
    assertThat(Printable.of("a\"b")).isEqualTo("\"a\\\"b\"");
  }

  @Test
  void shouldNeutraliseTerminalEscapes() {
    assertThat(Printable.of("\u001b[2J\u001b]0;title\u0007"))
        .isEqualTo("\\x{1b}[2J\\x{1b}]0;title\\x{7}");
    assertThat(Printable.of("\u009b31m")).isEqualTo("\\x{9b}31m");
    assertThat(Printable.of("a\rb\nc\td")).isEqualTo("\"a\\rb\\nc\\td\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000", "\u007f", "\u0085", "\u200b", "\u2028", "\u202e", "\u2066", "\ufeff", "\ud800",
        "\udc00", "\uffff", "\ue000"
      })
  void shouldShowNothingInvisible(String hostile) {
    String shown = Printable.of("a" + hostile + "b");

    assertThat(shown).contains("a\\x{" + Integer.toHexString(hostile.charAt(0)) + "}b");
  }

  @Test
  void shouldCutWhatIsTooLongAndSayHowLongItWas() {
    String shown = Printable.of("x".repeat(10_000_000));

    assertThat(shown).hasSizeLessThan(Printable.MAX_CHARS + 100).endsWith("(10000000 characters)");
  }

  @Test
  void shouldCutLongAndDeepLists() {
    String shown = Printable.of(List.of(java.util.Collections.nCopies(1_000_000, "item")));

    assertThat(shown).hasSizeLessThan(Printable.MAX_CHARS + 100).contains("…");
  }

  @Test
  void shouldShowBytesInHexadecimal() {
    byte[] many = new byte[100];
    Arrays.fill(many, (byte) 0xab);

    assertThat(Printable.of(new byte[] {0, 0x1b})).isEqualTo("001b");
    assertThat(Printable.of(many)).isEqualTo("ab".repeat(16) + "… (100 bytes)");
  }

  @Test
  void shouldNeutraliseWithinMapsAndLists() {
    assertThat(Printable.of(Map.of("a\u001b", List.of(1, "b\u001b"))))
        .isEqualTo("{a\\x{1b}=[1, b\\x{1b}]}");
  }

  @Test
  void shouldShowArraysWithHoles() {
    assertThat(Printable.of(new String[] {"a", null})).isEqualTo("[a, null]");
  }
}
