package dev.intermission.load;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The tables of a report. */
final class FigureTables {

  private static final double[] PERCENTILES = {50, 75, 90, 99, 99.9, 99.99};

  private final Measurement measured;
  private final List<Measurement.Part> parts;
  private final StringBuilder html = new StringBuilder();

  FigureTables(Measurement measured) {
    this.measured = measured;
    parts = measured.parts();
  }

  /** Returns a section of the page. */
  String render() {
    html.append("<section><h2>Figures</h2>\n<div class=\"tables\">\n");
    figures();
    statuses();
    errors();
    html.append("</div>\n");
    if (measured.plan().deployments().isPresent()) {
      paragraph("", "Deployments: " + Summary.deployments(measured) + ".");
    }
    paragraph(
        "small",
        "Latency counts from when a request was due until its answer was complete. Requests that"
            + " got no answer count as errors; of these, those that waited in vain are in the"
            + " latencies too.");
    return html.append("</section>\n").toString();
  }

  private void figures() {
    html.append("<table>\n");
    if (parts.size() > 1) {
      row("th", "", Measurement.Part::name);
    }
    row("td", "requests", part -> Numbers.whole(part.counts().requests()));
    row("td", "answers a second", part -> Numbers.whole(part.throughput()));
    row("td", "errors", part -> Numbers.whole(part.counts().failures()));
    for (double percentile : PERCENTILES) {
      row(
          "td",
          "p" + Numbers.plain(percentile),
          part -> Durations.text(part.counts().percentile(percentile)));
    }
    row("td", "max", part -> Durations.text(part.counts().percentile(100)));
    html.append("</table>\n");
  }

  private void statuses() {
    html.append("<table>\n<tr><th>answers by status</th><th>number</th></tr>\n");
    measured
        .all()
        .statuses()
        .forEach(
            (status, count) ->
                html.append(
                    String.format(
                        Locale.ROOT,
                        "<tr><th>%d</th><td>%s</td></tr>%n",
                        status,
                        Numbers.whole(count))));
    html.append("</table>\n");
  }

  private void errors() {
    Counts all = measured.all();
    html.append("<table>\n<tr><th>errors by kind</th><th>number</th></tr>\n");
    for (Failure failure : Failure.values()) {
      html.append(
          String.format(
              Locale.ROOT,
              "<tr><th>%s</th><td>%s</td></tr>%n",
              Markup.escape(failure.label()),
              Numbers.whole(all.failures(failure))));
    }
    html.append("</table>\n");
  }

  private void row(String element, String name, Function<Measurement.Part, String> cell) {
    html.append("<tr><th>").append(Markup.escape(name)).append("</th>");
    for (Measurement.Part part : parts) {
      html.append(
          String.format(
              Locale.ROOT, "<%s>%s</%s>", element, Markup.escape(cell.apply(part)), element));
    }
    html.append("</tr>\n");
  }

  private void paragraph(String style, String text) {
    html.append(String.format(Locale.ROOT, "<p class=\"%s\">%s</p>%n", style, Markup.escape(text)));
  }
}
