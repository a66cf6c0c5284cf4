package dev.intermission.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** An outcome as one JSON object for programs (docs/benchmarking.md). */
final class JsonResult {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final Map<String, Double> PERCENTILES =
      Map.of("p50", 50.0, "p90", 90.0, "p99", 99.0, "p99.9", 99.9, "max", 100.0);

  private JsonResult() {}

  static String of(Outcome outcome) {
    Measurement measured = outcome.measured();
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("target", measured.plan().target().toString());
    result.put("start", measured.start().toString());
    result.put("seconds", measured.seconds());
    put(result, measured.all(), measured.throughput());
    ObjectNode parts = result.putObject("parts");
    if (measured.compares()) {
      for (Measurement.Part part :
          new Measurement.Part[] {measured.withoutDeployments(), measured.withDeployments()}) {
        put(parts.putObject(part.name()), part.counts(), part.throughput());
      }
    }
    long acknowledged = measured.swaps().stream().filter(Swap::acknowledged).count();
    result
        .putObject("deployments")
        .put("acknowledged", acknowledged)
        .put("refused", measured.swaps().size() - acknowledged);
    result.put("meetsBounds", outcome.meetsBounds());
    for (Bounds.Check check : outcome.checks()) {
      result.withArray("bounds").addObject().put("met", check.met()).put("text", check.text());
    }
    outcome.notes().forEach(note -> result.withArray("notes").add(note));
    return result.toString();
  }

  private static void put(ObjectNode to, Counts counts, double throughput) {
    to.put("requests", counts.requests());
    to.put("answersPerSecond", throughput);
    to.put("errors", counts.failures());
    ObjectNode kinds = to.putObject("errorsByKind");
    for (Failure failure : Failure.values()) {
      kinds.put(failure.name(), counts.failures(failure));
    }
    ObjectNode statuses = to.putObject("statuses");
    counts.statuses().forEach((status, count) -> statuses.put(String.valueOf(status), count));
    ObjectNode latencies = to.putObject("latencyMillis");
    PERCENTILES.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(
            each ->
                latencies.put(each.getKey(), counts.percentile(each.getValue()) / NANOS_PER_MILLI));
  }
}
