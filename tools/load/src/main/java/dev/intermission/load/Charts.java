package dev.intermission.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** The charts of a measurement as data for {@code report.js}, which draws them with uPlot. */
final class Charts {

  private static final int TALL = 300;
  private static final int LOW = 190;
  private static final int POINTS_PER_DECADE = 24;
  private static final int LEAST_ERRORS = 5;
  private static final int MOST_PIXELS = 2_000;

  /** Zero has no place on a logarithmic axis. */
  private static final long LEAST_NANOS = 1_000;

  private final Measurement measured;
  private final ObjectNode data = JsonNodeFactory.instance.objectNode();
  private final ArrayNode charts = data.putArray("charts");

  private Charts(Measurement measured) {
    this.measured = measured;
  }

  /** Returns the data as a JSON object. */
  static ObjectNode of(Measurement measured) {
    Charts charts = new Charts(measured);
    charts.add();
    return charts.data;
  }

  private void add() {
    latencyByPercentile();
    ObjectNode throughput = overTime("throughput", TALL, "number");
    line(throughput, "answers a second", "blue", Bin::throughput);
    ObjectNode latency = overTime("latency", TALL, "latency");
    line(latency, "p99", "blue", bin -> nanos(bin.p99()));
    line(latency, "p50", "orange", bin -> nanos(bin.p50()));
    line(latency, "max", "grey", bin -> nanos(bin.max()));
    ObjectNode errors = overTime("errors", LOW, "number");
    errors.put("least", LEAST_ERRORS);
    line(errors, "errors a second", "red", bin -> bin.failures() / (bin.end() - bin.start()));
    windows();
    swaps("swaps", true);
    swaps("refused", false);
  }

  /** Latency against percentile, each nine as wide as the one before it. */
  private void latencyByPercentile() {
    Histogram all = measured.all().latencies();
    double end = Math.log10(Math.max(1.0, (double) all.getTotalCount()));
    int points = (int) Math.ceil(end * POINTS_PER_DECADE);
    ObjectNode chart = chart("percentiles", TALL, "percentile", "percentile", "latency");
    ArrayNode at = chart.withArray("at");
    for (int i = 0; i <= points; i++) {
      at.add(Math.min(end, i / (double) POINTS_PER_DECADE));
    }
    if (measured.compares()) {
      curve(chart, "without deployments", "blue", measured.quiet().latencies());
      curve(chart, "with deployments", "orange", measured.deploying().latencies());
    } else {
      curve(chart, "latency", "blue", all);
    }
  }

  private static void curve(ObjectNode chart, String name, String colour, Histogram latencies) {
    ArrayNode values = values(chart, name, colour);
    chart
        .path("at")
        .forEach(
            nines ->
                values.add(
                    nanos(
                        latencies.getValueAtPercentile(
                            100 * (1 - Math.pow(10, -nines.asDouble()))))));
  }

  private ObjectNode overTime(String id, int height, String up) {
    ObjectNode chart = chart(id, height, "time", "seconds", up);
    ArrayNode at = chart.withArray("at");
    measured.bins().forEach(bin -> at.add(bin.middle()));
    return chart;
  }

  private ObjectNode chart(String id, int height, String across, String x, String y) {
    ObjectNode chart = charts.addObject();
    chart.put("id", id).put("height", height).put("across", across).put("x", x).put("y", y);
    chart.put("least", 1);
    chart.putArray("at");
    chart.putArray("lines");
    return chart;
  }

  private void line(ObjectNode chart, String name, String colour, ToDoubleFunction<Bin> value) {
    ArrayNode values = values(chart, name, colour);
    measured.bins().forEach(bin -> values.add(value.applyAsDouble(bin)));
  }

  private static ArrayNode values(ObjectNode chart, String name, String colour) {
    return chart
        .withArray("lines")
        .addObject()
        .put("name", name)
        .put("colour", colour)
        .putArray("values");
  }

  private static long nanos(long latency) {
    return Math.max(LEAST_NANOS, latency);
  }

  private void windows() {
    ArrayNode windows = data.putArray("windows");
    double window =
        measured.plan().deployments().map(plan -> plan.window().toNanos() / 1e9).orElse(0.0);
    for (double from = window; window > 0 && from < measured.seconds(); from += 2 * window) {
      windows.addArray().add(from).add(Math.min(measured.seconds(), from + window));
    }
  }

  /** Lines on the same pixel are drawn once, so that the report of a long run stays small. */
  private void swaps(String name, boolean acknowledged) {
    double pixel = measured.seconds() / MOST_PIXELS;
    ArrayNode times = data.putArray(name);
    measured.swaps().stream()
        .filter(swap -> swap.acknowledged() == acknowledged)
        .mapToLong(swap -> Math.round(swap.ended() / pixel))
        .distinct()
        .forEach(at -> times.add(at * pixel));
  }
}
