package dev.intermission.load;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A measurement as one HTML page that needs nothing else, and is well-formed XML. */
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
            PageResources.style()));
    head();
    tiles();
    charts();
    html.append(new FigureTables(measured).render());
    scripts();
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
    boolean deploys = measured.plan().deployments().isPresent();
    chart("percentiles", "Latency by percentile", false);
    chart("throughput", "Throughput, answers a second", deploys);
    chart("latency", "Latency over time", deploys);
    chart("errors", "Errors a second", deploys);
  }

  private void chart(String id, String name, boolean hasDeployments) {
    String legend =
        hasDeployments
            ? "<p class=\"legend\"><i class=\"key window\"></i>window with deployments <i class=\"key swap\"></i>deployment in force</p>\n"
            : "";
    add("<section><h2>" + escaped(name) + "</h2>\n" + legend);
    add("<div class=\"chart\" id=\"" + id + "\"></div></section>\n");
  }

  /** The sections of characters make it XML too; no text of the data can end the element. */
  private void scripts() {
    String data =
        Charts.of(measured)
            .toString()
            .replace("<", "\\u003c")
            .replace(">", "\\u003e")
            .replace("&", "\\u0026");
    add("<script type=\"application/json\" id=\"data\">" + data + "</script>\n");
    add("<script>//<![CDATA[\n" + PageResources.script() + "\n//]]></script>\n");
  }

  private void add(String markup) {
    html.append(markup);
  }

  private static String escaped(Object text) {
    return Markup.escape(text.toString());
  }
}
