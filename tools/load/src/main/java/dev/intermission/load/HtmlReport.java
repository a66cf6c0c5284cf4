package dev.intermission.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;

/** A measurement as one HTML page that needs nothing else: well-formed XML, no script. */
final class HtmlReport {

  private final Outcome outcome;
  private final Measurement measured;
  private final StringBuilder html = new StringBuilder();

  private HtmlReport(Outcome outcome) {
    this.outcome = outcome;
    measured = outcome.measured();
  }

  static String of(Outcome outcome) {
    HtmlReport report = new HtmlReport(outcome);
    report.page();
    return report.html.toString();
  }

  private void page() {
    add(
        String.format(
            Locale.ROOT,
            """
            <!DOCTYPE html>
            <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>%s</title>
            <style>
            %s</style>
            </head>
            <body>
            """,
            escaped(title()),
            style()));
    head();
    tiles();
    charts();
    html.append(new FigureTables(measured).render());
    add("</body>\n</html>\n");
  }

  private String title() {
    return "Load on " + measured.plan().target();
  }

  private void head() {
    Instant start = measured.start().truncatedTo(ChronoUnit.SECONDS);
    add("<header><h1>" + escaped(title()) + "</h1>\n<p>" + escaped(measured.plan()) + "</p>\n");
    measured.plan().deployments().ifPresent(it -> add("<p>" + escaped(it) + "</p>\n"));
    add("<p>Measured from " + escaped(start) + ", right is " + escaped(expected()) + ".</p>\n");
    for (Bounds.Check check : outcome.checks()) {
      add(
          String.format(
              Locale.ROOT,
              "<p class=\"check %s\">%s: %s</p>\n",
              check.met() ? "met" : "missed",
              check.met() ? "Met" : "Missed",
              escaped(check.text())));
    }
    outcome.notes().forEach(note -> add("<p class=\"check note\">" + escaped(note) + "</p>\n"));
    add("</header>\n");
  }

  private String expected() {
    return String.join(" or ", measured.plan().expected().stream().map(Object::toString).toList());
  }

  private void tiles() {
    Counts all = measured.all();
    add("<section class=\"tiles\">\n");
    tile("requests", Numbers.whole(all.requests()));
    tile("per second", Numbers.whole(measured.throughput()));
    tile("errors", Numbers.whole(all.failures()));
    tile("p50", Durations.text(all.percentile(50)));
    tile("p99", Durations.text(all.percentile(99)));
    tile("max", Durations.text(all.percentile(100)));
    add("</section>\n");
  }

  private void tile(String name, String value) {
    add("<div><b>" + escaped(value) + "</b><span>" + escaped(name) + "</span></div>\n");
  }

  private void charts() {
    Charts charts = new Charts(measured);
    String swaps =
        measured.plan().deployments().isPresent()
            ? "<i class=\"key window\"></i>window with deployments <i class=\"key swap\"></i>deployment in force"
            : "";
    String sides =
        measured.compares()
            ? "<i class=\"key quiet\"></i>without deployments <i class=\"key deploying\"></i>with deployments"
            : "";
    chart("Latency by percentile", sides, charts.latencyByPercentile());
    chart("Throughput, answers a second", swaps, charts.throughput());
    chart(
        "Latency over time",
        "<i class=\"key main\"></i>p99 <i class=\"key second\"></i>p50 <i class=\"key faint\"></i>max "
            + swaps,
        charts.latencyOverTime());
    chart("Errors a second", swaps, charts.errors());
  }

  private void chart(String name, String legend, String svg) {
    add(
        String.format(
            Locale.ROOT,
            "<section><h2>%s</h2><p class=\"legend\">%s</p>\n<div class=\"chart\">%s</div></section>\n",
            escaped(name),
            legend,
            svg));
  }

  private void add(String markup) {
    html.append(markup);
  }

  private static String escaped(Object text) {
    return Markup.escape(text.toString());
  }

  private static String style() {
    try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(
          Objects.requireNonNull(css, "report.css").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report.css can't be read", e);
    }
  }
}
