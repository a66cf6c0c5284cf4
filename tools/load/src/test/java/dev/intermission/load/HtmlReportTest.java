package dev.intermission.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import javax.xml.parsers.DocumentBuilderFactory;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The report as a document. */
class HtmlReportTest {

  private static final String NASTY = "http://127.0.0.1:1/api?a=%3Cb%3E&c='d'";

  private static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  private static LoadPlan plan(Duration duration) {
    return new LoadPlan(
        new Target(List.of(URI.create(NASTY)), "GET", HttpFields.EMPTY, null),
        Deployer.answers(),
        new Protocol(false, 4, 1, false),
        OptionalDouble.empty(),
        duration,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Optional.of(
            new DeploymentPlan(
                URI.create("http://127.0.0.1:1/projects/P/apiProxies/A"),
                "production",
                10,
                Duration.ofSeconds(5))));
  }

  /** Twenty seconds of which every other five have deployments, one of them refused. */
  private static Measurement measurement() {
    LoadTimeline timeline = new LoadTimeline(Duration.ofSeconds(20), Meter.TICK);
    Counts quiet = new Counts();
    Counts deploying = new Counts();
    List<Swap> swaps = new ArrayList<>();
    for (int tick = 1; tick <= 80; tick++) {
      double second = tick * 0.25;
      boolean with = (second > 5 && second <= 10) || second > 15;
      Tally tally = new Tally();
      for (int i = 0; i < 1_000; i++) {
        tally.count(
            with, 100_000 + i * (with ? 700L : 500L), 503, i == 999 && with ? Failure.BODY : null);
      }
      Counts taken = with ? tally.takeDeploying() : tally.takeQuiet();
      (with ? deploying : quiet).add(taken);
      timeline.add(second, taken);
      if (with) {
        swaps.add(new Swap(second - 0.2, 6_000_000, tick != 80));
      }
    }
    return new Measurement(
        plan(Duration.ofSeconds(20)),
        Instant.parse("2026-07-01T10:00:00Z"),
        20,
        10,
        quiet,
        deploying,
        timeline.bins(),
        swaps);
  }

  private static List<Element> elements(Document document, String name, String style) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      Element element = (Element) nodes.item(i);
      if (element.getAttribute("class").equals(style)) {
        elements.add(element);
      }
    }
    return elements;
  }

  @Test
  void isWellFormedAndNeedsNothingElse() throws Exception {
    Measurement measured = measurement();
    Bounds bounds =
        new Bounds(Optional.of(Duration.ofMillis(5)), OptionalLong.of(0), OptionalDouble.of(100));
    String html =
        HtmlReport.of(
            new Outcome(measured, bounds.check(measured), List.of("a <note> & \"more\"")));
    Document document = parse(html);
    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(4);
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(document.getElementsByTagName("link").getLength()).isZero();
    assertThat(document.getElementsByTagName("h1").item(0).getTextContent()).endsWith(NASTY);
    assertThat(html).doesNotContain("url(", "@import", " src=", " href=");
    assertThat(elements(document, "p", "check met")).hasSize(2);
    assertThat(elements(document, "p", "check missed"))
        .singleElement()
        .extracting(Element::getTextContent)
        .isEqualTo("Missed: errors are 40, at most 0 are allowed");
    assertThat(elements(document, "p", "check note").get(0).getTextContent())
        .isEqualTo("a <note> & \"more\"");
  }

  @Test
  void marksEachSwapAndComparesTheWindows() throws Exception {
    Measurement measured = measurement();
    Document document = parse(HtmlReport.of(new Outcome(measured, List.of(), List.of())));
    // Three charts over time: two windows each, and a line for each of 39 swaps.
    assertThat(elements(document, "rect", "window")).hasSize(6);
    List<Element> swaps = elements(document, "path", "swap");
    assertThat(swaps).hasSize(3);
    assertThat(swaps).allSatisfy(it -> assertThat(it.getAttribute("d").split("M", -1)).hasSize(40));
    assertThat(elements(document, "path", "refused")).hasSize(3);
    assertThat(elements(document, "polyline", "line quiet")).hasSize(1);
    assertThat(elements(document, "polyline", "line deploying")).hasSize(1);
    assertThat(document.getDocumentElement().getTextContent())
        .contains("39 deployments acknowledged, 1 not")
        .contains("with deployments throughput +0.0 %");
  }

  @Test
  void lineGoesThroughEachBin() throws Exception {
    Measurement measured = measurement();
    Document document = parse(HtmlReport.of(new Outcome(measured, List.of(), List.of())));
    assertThat(measured.bins()).hasSize(80);
    List<Element> lines = elements(document, "polyline", "line main");
    assertThat(lines).hasSize(2);
    for (Element line : lines) {
      String[] points = line.getAttribute("points").split(" ", -1);
      assertThat(points).hasSize(80).doesNotHaveDuplicates();
      for (String point : points) {
        double x = Double.parseDouble(point.split(",", -1)[0]);
        double y = Double.parseDouble(point.split(",", -1)[1]);
        assertThat(x).isBetween(74.0, 946.0);
        assertThat(y).isBetween(10.0, 270.0);
      }
    }
  }

  @Test
  void measurementOfNothingIsAReportToo() throws Exception {
    Measurement nothing =
        new Measurement(
            plan(Duration.ofSeconds(1)),
            Instant.EPOCH,
            0,
            0,
            new Counts(),
            new Counts(),
            List.of(),
            List.of());
    Document document = parse(HtmlReport.of(new Outcome(nothing, List.of(), List.of())));
    assertThat(document.getDocumentElement().getTextContent()).doesNotContain("NaN", "Infinity");
  }

  @Test
  void longRunHasAReportOfTheSameSize() {
    LoadTimeline timeline = new LoadTimeline(Duration.ofHours(24), Meter.TICK);
    Counts counts = new Counts();
    counts.addFailures(Failure.BROKEN, 1);
    for (int tick = 1; tick <= 24 * 3_600 * 4; tick += 40) {
      timeline.add(tick * 0.25, counts);
    }
    assertThat(timeline.bins()).hasSizeLessThanOrEqualTo(241);
  }
}
