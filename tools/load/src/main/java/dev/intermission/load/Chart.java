package dev.intermission.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * A line chart as inline SVG. It is built up and then rendered once; the colours come from the
 * style of the page.
 */
final class Chart {

  /** A value on both axes. */
  record Point(double x, double y) {}

  private record Line(String style, List<Point> points) {}

  private static final int WIDTH = 960;
  private static final int LEFT = 74;
  private static final int RIGHT = 14;
  private static final int TOP = 10;
  private static final int BOTTOM = 30;

  private final String title;
  private final int height;
  private final Scale across;
  private final Scale up;
  private final List<Line> lines = new ArrayList<>();
  private final StringBuilder below = new StringBuilder();
  private final StringBuilder above = new StringBuilder();

  Chart(String title, int height, Scale across, Scale up) {
    this.title = title;
    this.height = height;
    this.across = across;
    this.up = up;
  }

  /** Draws a line through the points. */
  void line(String style, List<Point> points) {
    lines.add(new Line(style, points));
  }

  /** Shades a part of the horizontal axis. */
  void band(String style, double from, double to) {
    below.append(
        format(
            "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
            style, x(from), TOP, x(to) - x(from), height - TOP - BOTTOM));
  }

  /** Marks values on the horizontal axis with vertical lines. */
  void marks(String style, List<Double> values) {
    // Lines on the same pixel are drawn once, so that the report of a long run stays small.
    TreeSet<Long> pixels = new TreeSet<>();
    values.forEach(value -> pixels.add(Math.round(x(value) * 2)));
    if (!pixels.isEmpty()) {
      StringBuilder path = new StringBuilder();
      pixels.forEach(
          pixel -> path.append(format("M%.1f %dV%d", pixel / 2.0, TOP, height - BOTTOM)));
      below.append("<path class=\"" + style + "\" d=\"" + path + "\"/>");
    }
  }

  /** Adds a text that is shown when the pointer is over a part of the horizontal axis. */
  void hint(double from, double to, String text) {
    above.append(
        format(
            "<rect class=\"hint\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>%s</title></rect>",
            x(from), TOP, x(to) - x(from), height - TOP - BOTTOM, Markup.escape(text)));
  }

  /** Returns the SVG element. */
  String render() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\"><title>%s</title>%n",
            WIDTH,
            height,
            Markup.escape(title)));
    svg.append(below).append('\n');
    grid(svg);
    for (Line line : lines) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<polyline class=\"line %s\" points=\"%s\"/>%n",
              line.style(),
              coordinates(line.points())));
    }
    return svg.append(above).append("</svg>\n").toString();
  }

  private void grid(StringBuilder svg) {
    for (Scale.Tick tick : up.ticks()) {
      double y = y(tick.value());
      svg.append(
          format(
              "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>",
              LEFT, y, WIDTH - RIGHT, y));
      svg.append(
          format(
              "<text class=\"left\" x=\"%d\" y=\"%.1f\">%s</text>%n",
              LEFT - 8, y + 4, Markup.escape(tick.label())));
    }
    for (Scale.Tick tick : across.ticks()) {
      double x = x(tick.value());
      svg.append(
          format(
              "<line class=\"tick\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
              x, height - BOTTOM, x, height - BOTTOM + 4));
      svg.append(
          format(
              "<text class=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>%n",
              x > WIDTH - RIGHT - 20 ? "left" : "under",
              Math.min(x, WIDTH - 2),
              height - 8,
              Markup.escape(tick.label())));
    }
  }

  private String coordinates(List<Point> points) {
    StringBuilder text = new StringBuilder();
    points.forEach(point -> text.append(format("%.1f,%.1f ", x(point.x()), y(point.y()))));
    return text.toString().strip();
  }

  private double x(double value) {
    return LEFT + across.at(value) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return height - BOTTOM - up.at(value) * (height - TOP - BOTTOM);
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
