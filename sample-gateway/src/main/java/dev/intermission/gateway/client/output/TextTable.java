package dev.intermission.gateway.client.output;

import java.util.ArrayList;
import java.util.List;

/** Rows of texts in columns that are as wide as they need to be. */
public final class TextTable {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row; all rows have the same number of cells. */
  public void add(String... cells) {
    rows.add(List.of(cells));
  }

  /** Returns the lines, without spaces at their ends. */
  public List<String> lines() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], visibleLength(row.get(i)));
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        line.append(i == 0 ? "" : GAP)
            .append(cell)
            .append(" ".repeat(widths[i] - visibleLength(cell)));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** Counts what takes up room: no sequences that switch colours. */
  private static int visibleLength(String cell) {
    String text = cell.indexOf('\u001b') < 0 ? cell : cell.replaceAll("\u001b\\[[0-9;]*m", "");
    return text.codePointCount(0, text.length());
  }
}
