package dev.sonde.network;

import dev.sonde.event.network.MacAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// Who was assigned the prefix of a MAC address (IEEE MA-L, MA-M and MA-S): a table that is read
/// when it is first asked for, and searched in the form of its file.
final class Vendors {

  private static final String FILE = "vendors.tsv";

  /// Hexadecimal digits of the three kinds of prefix, longest first: the shorter ones of some
  /// addresses belong to the registry itself, which gave parts of them away.
  private static final int[] PREFIX_DIGITS = {9, 7, 6};

  private final byte[] text;

  private Vendors(byte[] text) {
    this.text = text;
  }

  /// Reads the table, so that no packet has to wait for it.
  static void load() {
    Objects.requireNonNull(Table.VENDORS);
  }

  /// The vendor's name.
  ///
  /// @return empty for addresses that were made up, and for prefixes that nobody was assigned
  static Optional<String> of(MacAddress mac) {
    return mac.isLocal() ? Optional.empty() : Table.VENDORS.find(mac);
  }

  private Optional<String> find(MacAddress mac) {
    String digits = mac.toString().replace(":", "").toUpperCase(Locale.ROOT);
    return Arrays.stream(PREFIX_DIGITS)
        .mapToObj(length -> find(digits.substring(0, length)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> find(String prefix) {
    byte[] wanted = (prefix + "\t").getBytes(StandardCharsets.US_ASCII);
    int low = 0;
    int high = text.length;
    while (low < high) {
      int line = lineStart((low + high) >>> 1);
      int order = compare(line, wanted);
      if (order == 0) {
        return Optional.of(nameAt(line + wanted.length));
      }
      low = order < 0 ? lineEnd(line) + 1 : low;
      high = order > 0 ? line : high;
    }
    return Optional.empty();
  }

  private int lineStart(int within) {
    int start = within;
    while (start > 0 && text[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  private int lineEnd(int within) {
    int end = within;
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    return end;
  }

  private int compare(int line, byte[] wanted) {
    int end = Math.min(text.length, line + wanted.length);
    return Arrays.compare(text, line, end, wanted, 0, wanted.length);
  }

  private String nameAt(int at) {
    return new String(text, at, lineEnd(at) - at, StandardCharsets.UTF_8);
  }

  /// Made when somebody first asks.
  private static final class Table {

    private static final Vendors VENDORS = read();

    private static Vendors read() {
      try (InputStream in = Objects.requireNonNull(Vendors.class.getResourceAsStream(FILE))) {
        return new Vendors(in.readAllBytes());
      } catch (IOException e) {
        throw new IllegalStateException("The bundle's own " + FILE + " can not be read", e);
      }
    }
  }
}
