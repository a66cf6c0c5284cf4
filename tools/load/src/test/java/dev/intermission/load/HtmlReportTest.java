package dev.intermission.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
  static Measurement measurement() {
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
    assertThat(elements(document, "div", "chart"))
        .extracting(chart -> chart.getAttribute("id"))
        .containsExactly("percentiles", "throughput", "latency", "errors");
    assertThat(document.getElementsByTagName("link").getLength()).isZero();
    assertThat(document.getElementsByTagName("h1").item(0).getTextContent()).endsWith(NASTY);
    assertThat(html).doesNotContain("url(", "@import", "<script src", "<img", " href=");
    assertThat(elements(document, "p", "check met")).hasSize(2);
    assertThat(elements(document, "p", "check missed"))
        .singleElement()
        .extracting(Element::getTextContent)
        .isEqualTo("Missed: errors are 40, at most 0 are allowed");
    assertThat(elements(document, "p", "check note").get(0).getTextContent())
        .isEqualTo("a <note> & \"more\"");
  }

  private static JsonNode data(Document document) throws Exception {
    NodeList scripts = document.getElementsByTagName("script");
    return new ObjectMapper().readTree(scripts.item(0).getTextContent());
  }

  @Test
  void marksEachSwapAndComparesTheWindows() throws Exception {
    Document document = parse(HtmlReport.of(new Outcome(measurement(), List.of(), List.of())));
    JsonNode data = data(document);
    assertThat(data.path("windows").toString()).isEqualTo("[[5.0,10.0],[15.0,20.0]]");
    assertThat(data.path("swaps")).hasSize(39);
    assertThat(data.path("refused")).hasSize(1);
    assertThat(data.path("charts").path(0).path("lines").findValuesAsText("name"))
        .containsExactly("without deployments", "with deployments");
    assertThat(document.getDocumentElement().getTextContent())
        .contains("39 deployments acknowledged, 1 not")
        .contains("with deployments throughput +0.0 %");
  }

  @Test
  void lineGoesThroughEachBin() throws Exception {
    Measurement measured = measurement();
    JsonNode charts =
        data(parse(HtmlReport.of(new Outcome(measured, List.of(), List.of())))).path("charts");
    assertThat(measured.bins()).hasSize(80);
    for (JsonNode chart : charts) {
      assertThat(chart.path("lines")).isNotEmpty();
      for (JsonNode line : chart.path("lines")) {
        assertThat(line.path("values")).hasSameSizeAs(chart.path("at"));
      }
    }
    JsonNode latency = charts.path(2);
    assertThat(latency.path("at")).hasSize(80);
    for (int i = 0; i < 80; i++) {
      Bin bin = measured.bins().get(i);
      assertThat(latency.path("at").path(i).asDouble()).isEqualTo(bin.middle());
      assertThat(latency.path("lines").path(0).path("values").path(i).asLong())
          .isEqualTo(bin.p99());
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
