package dev.intermission.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.InFlight;
import dev.intermission.gate.Proxies;
import dev.intermission.gate.TestHead;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The meters follow what is closed. */
class GateMetricsTest {

  private final Gate gate = new Gate(GateOptions.DEFAULTS);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final GateMetrics metrics = new GateMetrics(gate, "production");

  GateMetricsTest() {
    metrics.bindTo(registry);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private void request(String path) {
    assertThat(gate.current().decide(null, path, TestHead.of("GET"))).isNotNull();
  }

  private double answers(String path) {
    metrics.refresh();
    return registry
        .get("intermission.gate.answers")
        .tag("project", Proxies.closed(path).id().project())
        .tag("proxy", Proxies.closed(path).id().name())
        .tag("environment", "production")
        .functionCounter()
        .count();
  }

  @Test
  void answersOfEachClosedProxyCount() {
    gate.publish(
        Proxies.snapshot(7, Proxies.closed("/a"), Proxies.closed("/b"), Proxies.open("/c")));
    request("/a");
    request("/a/x");
    request("/b");
    request("/c");

    assertThat(answers("/a")).isEqualTo(2);
    assertThat(answers("/b")).isEqualTo(1);
    assertThat(registry.get("intermission.proxies.closed").gauge().value()).isEqualTo(2);
    assertThat(registry.get("intermission.snapshot.version").gauge().value()).isEqualTo(7);
  }

  @Test
  void countsGoOnOverSnapshotsAndEndWhenTheProxyIsOpened() {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/a")));
    request("/a");
    assertThat(answers("/a")).isEqualTo(1);
    gate.publish(Proxies.snapshot(2, Proxies.closed("/a"), Proxies.open("/b")));
    request("/a");
    assertThat(answers("/a")).isEqualTo(2);

    gate.publish(Proxies.snapshot(3, Proxies.open("/a"), Proxies.open("/b")));
    metrics.refresh();

    assertThat(registry.find("intermission.gate.answers").functionCounters()).isEmpty();
  }

  @Test
  void requestsInFlightAreToldIfTheyAreCounted() {
    gate.inFlight().begin();
    gate.publish(Proxies.snapshot(1, Proxies.open("/a")));
    InFlight.Entry entry = gate.inFlight().enter(Proxies.open("/a").id(), false);
    gate.publish(Proxies.snapshot(2, Proxies.closed("/a")));
    request("/a");
    metrics.refresh();

    assertThat(inFlight("open")).isEqualTo(1);
    assertThat(inFlight("let-in")).isZero();
    entry.leave();
    metrics.refresh();
    assertThat(inFlight("open")).isZero();
  }

  private double inFlight(String passed) {
    return registry.get("intermission.proxy.in.flight").tag("passed", passed).gauge().value();
  }

  @Test
  void registryThatComesLaterHasAllMeters() {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/a")));
    request("/a");
    metrics.refresh();
    SimpleMeterRegistry later = new SimpleMeterRegistry();
    metrics.bindTo(later);

    assertThat(later.getMeters().stream().map(Meter::getId))
        .containsExactlyInAnyOrderElementsOf(
            registry.getMeters().stream().map(Meter::getId).toList());
  }
}
