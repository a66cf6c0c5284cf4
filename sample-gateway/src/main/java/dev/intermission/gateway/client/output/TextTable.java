package dev.intermission.gateway.client.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows of texts in columns that are as wide as they need to be. */
public final class TextTable {

  private static final String GAP = "  ";

  private final List<List<StyledText>> rows = new ArrayList<>();

  /** Adds a row; all rows have the same number of cells. */
  public void add(String... cells) {
    rows.add(Stream.of(cells).map(cell -> StyledText.of(cell).inOneLine()).toList());
  }

  /** Adds a row; all rows have the same number of cells. */
  public void add(StyledText... cells) {
    rows.add(Stream.of(cells).map(StyledText::inOneLine).toList());
  }

  /** Returns the lines, without spaces at their ends. */
  public List<StyledText> lines() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<StyledText> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).width());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static StyledText line(List<StyledText> row, int[] widths) {
    int last = row.size() - 1;
    while (last > 0 && row.get(last).width() == 0) {
      last--;
    }
    StyledText line = StyledText.of("");
    for (int i = 0; i <= last; i++) {
      int missing = i == last ? 0 : widths[i] - row.get(i).width();
      line = line.plus(i == 0 ? "" : GAP).plus(row.get(i)).plus(" ".repeat(missing));
    }
    return line;
  }
}
