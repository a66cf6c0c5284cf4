package dev.intermission.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnapshotTest {

  private static DeployedProxy deployed(String name, long revision) {
    ApiProxy proxy =
        ApiProxy.of(
            new ProxyId("p", name),
            "/" + name,
            new RoutingAddress(URI.create("http://upstream"), 1, false));
    return new DeployedProxy(proxy, revision, MaintenanceSettings.DEFAULT);
  }

  @Test
  void deltaAddsReplacesAndRemovesAndKeepsTheOtherInstances() {
    DeployedProxy a = deployed("a", 1);
    DeployedProxy b = deployed("b", 1);
    DeployedProxy c = deployed("c", 1);
    Snapshot before =
        Snapshot.empty("production")
            .plus(new SnapshotDelta("production", 0, 1, List.of(a, b, c), List.of()));
    Snapshot after =
        before.plus(
            new SnapshotDelta("production", 1, 5, List.of(deployed("b", 2)), List.of(c.id())));
    assertThat(after.version()).isEqualTo(5);
    assertThat(after.proxies())
        .containsOnlyKeys(a.id(), b.id())
        .containsEntry(b.id(), deployed("b", 2));
    assertThat(after.proxies().get(a.id())).isSameAs(a);
    assertThat(before.proxies()).containsOnlyKeys(a.id(), b.id(), c.id());
  }

  @Test
  void deltaOfAnotherEnvironmentOrVersionIsRefused() {
    Snapshot snapshot = new Snapshot("production", 3, Map.of());
    assertThatThrownBy(
            () -> snapshot.plus(new SnapshotDelta("staging", 3, 4, List.of(), List.of())))
        .hasMessage("a delta of staging from version 3 does not fit production at version 3");
    assertThatThrownBy(
            () -> snapshot.plus(new SnapshotDelta("production", 2, 4, List.of(), List.of())))
        .hasMessage("a delta of production from version 2 does not fit production at version 3");
  }

  @Test
  void deltaCannotGoBack() {
    assertThatThrownBy(() -> new SnapshotDelta("production", 4, 3, List.of(), List.of()))
        .hasMessage("a delta can't lead from version 4 to 3");
  }

  @Test
  void snapshotDoesNotChangeWithTheMapItWasBuiltFrom() {
    Map<ProxyId, DeployedProxy> proxies = new HashMap<>();
    Snapshot snapshot = new Snapshot("production", 1, proxies);
    proxies.put(new ProxyId("p", "a"), deployed("a", 1));
    assertThat(snapshot.proxies()).isEmpty();
  }

  /** However a history is cut into deltas, a follower ends with the same snapshot. */
  @Test
  void anyCutOfAHistoryLeadsToTheSameSnapshot() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Map<ProxyId, DeployedProxy> truth = new HashMap<>();
      Map<ProxyId, DeployedProxy> changed = new HashMap<>();
      List<ProxyId> removed = new ArrayList<>();
      Snapshot follower = Snapshot.empty("e");
      int changes = random.nextInt(30);
      for (int version = 1; version <= changes; version++) {
        DeployedProxy proxy = deployed("x" + random.nextInt(5), version);
        changed.remove(proxy.id());
        removed.remove(proxy.id());
        if (random.nextInt(3) == 0) {
          truth.remove(proxy.id());
          removed.add(proxy.id());
        } else {
          truth.put(proxy.id(), proxy);
          changed.put(proxy.id(), proxy);
        }
        if (random.nextInt(4) == 0 || version == changes) {
          follower =
              follower.plus(
                  new SnapshotDelta(
                      "e", follower.version(), version, List.copyOf(changed.values()), removed));
          changed.clear();
          removed.clear();
        }
      }
      assertThat(follower).as("seed %d", seed).isEqualTo(new Snapshot("e", changes, truth));
    }
  }

  @Test
  void changesSinceAnEarlierSnapshotLeadBackToTheLaterOne() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      Snapshot earlier = Snapshot.empty("e");
      Snapshot later = earlier;
      for (int version = 1; version <= 10; version++) {
        List<DeployedProxy> deployed = new ArrayList<>();
        List<ProxyId> undeployed = new ArrayList<>();
        for (int change = random.nextInt(100); change > 0; change--) {
          DeployedProxy proxy = deployed("x" + random.nextInt(1_000), version);
          if (random.nextInt(4) == 0) {
            undeployed.add(proxy.id());
          } else {
            deployed.add(proxy);
          }
        }
        later = later.plus(new SnapshotDelta("e", later.version(), version, deployed, undeployed));
        if (random.nextInt(5) == 0) {
          earlier = later;
        }
      }
      Snapshot rebuilt = new Snapshot("e", later.version(), new HashMap<>(later.proxies()));
      assertThat(earlier.plus(later.since(earlier))).as("seed %d", seed).isEqualTo(later);
      assertThat(earlier.plus(rebuilt.since(earlier))).as("seed %d", seed).isEqualTo(later);
      assertThat(later.since(rebuilt).deployed()).as("seed %d", seed).isEmpty();
      assertThat(later.since(rebuilt).undeployed()).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void changesSinceNameOnlyWhatDiffers() {
    DeployedProxy a = deployed("a", 1);
    DeployedProxy b = deployed("b", 1);
    DeployedProxy c = deployed("c", 1);
    Snapshot before = new Snapshot("production", 1, Map.of(a.id(), a, b.id(), b, c.id(), c));
    DeployedProxy newB = deployed("b", 2);
    Snapshot after = new Snapshot("production", 2, Map.of(a.id(), deployed("a", 1), b.id(), newB));
    assertThat(after.since(before))
        .isEqualTo(new SnapshotDelta("production", 1, 2, List.of(newB), List.of(c.id())));
  }

  @Test
  void nothingLeadsBackOrFromAnotherEnvironment() {
    Snapshot snapshot = new Snapshot("production", 3, Map.of());
    assertThatThrownBy(() -> snapshot.since(Snapshot.empty("staging")))
        .hasMessage("nothing leads from a snapshot of staging to one of production");
    assertThatThrownBy(() -> Snapshot.empty("production").since(snapshot))
        .hasMessage("a delta can't lead from version 3 to 0");
  }
}
