package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.Snapshot;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GateTest {

  private final Gate gate = new Gate(GateOptions.DEFAULTS);

  @Test
  void isReadyFromTheFirstSnapshotOn() {
    assertThat(gate.ready()).isFalse();
    gate.publish(Proxies.snapshot(1, Proxies.open("/api/v1")));
    assertThat(gate.ready()).isTrue();
  }

  @Test
  void snapshotOfAnotherEnvironmentIsRefusedAndChangesNothing() {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1")));
    Snapshot other = new Snapshot("staging", 2, Map.of());

    assertThatThrownBy(() -> gate.publish(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "This gate serves the environment 'production'; a snapshot of 'staging' can't be published to it");

    assertThat(gate.servedVersion()).isEqualTo(1);
    assertThat(gate.current().answer(null, "/api/v1")).isNotNull();
  }
}
