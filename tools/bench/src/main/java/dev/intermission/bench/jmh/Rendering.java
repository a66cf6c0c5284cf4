package dev.intermission.bench.jmh;

import dev.intermission.api.ContentType;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Snapshot;
import dev.intermission.gate.Answer;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a body costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Rendering {

  private static final ContentType JSON = ContentType.parse("application/json; charset=utf-8");

  private final Answer fixed = answer("{\"message\":\"Back at six\"}");
  private final Answer template = answer(MaintenanceSettings.DEFAULT_MESSAGE);
  private final String correlationId = "7f2c1b3e-9f3d-4f0e-8a51-0c6a4d3b2e1f";

  private static Answer answer(String message) {
    DeployedProxy open = Environment.proxy(0, true, 1, List.of());
    DeployedProxy proxy =
        new DeployedProxy(open.proxy(), 1, new MaintenanceSettings(true, 503, JSON, message));
    Gate gate = new Gate(GateOptions.DEFAULTS);
    gate.publish(new Snapshot("production", 1, Map.of(proxy.id(), proxy)));
    return Objects.requireNonNull(gate.current().answer(null, Environment.path(0)));
  }

  /** A message without placeholders. */
  @Benchmark
  public byte[] fixed() {
    return fixed.body(null, 0);
  }

  /** The default message, with the client's correlation id. */
  @Benchmark
  public byte[] filledIn() {
    return template.body(correlationId, 0);
  }

  /** The default message, with a correlation id of our own. */
  @Benchmark
  public byte[] filledInWithANewId() {
    return template.body(null, 0);
  }
}
