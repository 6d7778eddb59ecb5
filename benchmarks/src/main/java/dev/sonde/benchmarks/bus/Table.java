package dev.sonde.benchmarks.bus;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A table in Markdown, aligned so that it reads well as it is: the first column to the left, the
/// others to the right.
public final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  /// @param heads of the columns
  public Table(List<String> heads) {
    rows.add(heads);
  }

  /// Adds a row, of as many cells as there are heads.
  public void add(List<String> cells) {
    rows.add(cells);
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  /// Prints it.
  public void print(PrintStream out) {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    out.println(line(rows.getFirst(), widths));
    out.println(
        IntStream.range(0, widths.length)
            .mapToObj(i -> i == 0 ? "-".repeat(widths[i] + 2) : "-".repeat(widths[i] + 1) + ":")
            .collect(Collectors.joining("|", "|", "|")));
    rows.stream().skip(1).forEach(row -> out.println(line(row, widths)));
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(i -> pad(row.get(i), widths[i], i == 0))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String pad(String cell, int width, boolean left) {
    String space = " ".repeat(width - cell.length());
    return left ? cell + space : space + cell;
  }
}
