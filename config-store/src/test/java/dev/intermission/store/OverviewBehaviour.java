package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static dev.intermission.store.TestCatalog.PETSTORE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.BypassToken;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Moment;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.Window;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.InForce;
import dev.intermission.api.store.OverviewChanges;
import dev.intermission.api.store.ProxyOverview;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How all proxies stand, and which of them changed, as every database must tell it. */
abstract class OverviewBehaviour extends StoreBehaviour {

  private static final Author OTHER = new Author("other", "127.0.0.1", "test");

  private static InForce inForce(
      long revision,
      MaintenanceSettings settings,
      Instant deployed,
      String deployedBy,
      Instant since,
      String by) {
    return new InForce(
        revision,
        deployed,
        deployedBy,
        settings.enabled(),
        settings.window(),
        settings.httpStatusCode(),
        since,
        by);
  }

  private static ProxyOverview.At nowhere(String environment) {
    return new ProxyOverview.At(environment, false, 0, null);
  }

  private static Map<ProxyId, ProxyOverview> byId(OverviewChanges changes) {
    return changes.proxies().stream()
        .collect(Collectors.toMap(ProxyOverview::id, Function.identity()));
  }

  /** Deploys in production at another time, as another author. */
  private void deploy(Duration later, MaintenanceSettings settings, Author author) {
    Instant time = NOW.plus(later);
    try (JdbcStore then = open(Clock.fixed(time, ZoneOffset.UTC))) {
      then.settings().update(MY_API, saved -> settings, List.of(PRODUCTION), author);
    }
  }

  private static List<ProxyOverview.At> environments(OverviewChanges changes) {
    return changes.proxies().stream()
        .filter(proxy -> proxy.id().equals(MY_API))
        .findFirst()
        .orElseThrow()
        .environments();
  }

  private InForce production() {
    return Objects.requireNonNull(environments(store.settings().overviewSince(0)).get(0).inForce());
  }

  @Test
  void timeIsThatOfTheClockOfTheStore() {
    Instant before = store.settings().now();
    Instant after = store.settings().now();
    assertThat(after).isAfterOrEqualTo(before);
    assertThat(after).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void everythingIsToldFirst() {
    OverviewChanges all = store.settings().overviewSince(0);

    assertThat(all.everything()).isTrue();
    assertThat(all.newest()).isEqualTo(store.settings().newestChange());
    assertThat(byId(all))
        .isEqualTo(
            Map.of(
                MY_API,
                new ProxyOverview(
                    MY_API,
                    List.of(),
                    List.of(
                        new ProxyOverview.At(
                            "production",
                            false,
                            1,
                            inForce(
                                1, MaintenanceSettings.DEFAULT, NOW, "operator", NOW, "operator")),
                        nowhere("staging"))),
                PETSTORE,
                new ProxyOverview(
                    PETSTORE, List.of(), List.of(nowhere("production"), nowhere("staging")))));
  }

  @Test
  void thenOnlyWhatChanged() {
    long before = store.settings().newestChange();
    store.settings().update(MY_API, CLOSE, List.of(), AUTHOR);

    OverviewChanges saved = store.settings().overviewSince(before);
    assertThat(saved.everything()).isFalse();
    assertThat(byId(saved)).containsOnlyKeys(MY_API);
    assertThat(saved.proxies().get(0).environments().get(0).redeployRequired()).isTrue();

    store.settings().update(PETSTORE, KEEP, List.of(STAGING), AUTHOR);
    assertThat(byId(store.settings().overviewSince(saved.newest()))).containsOnlyKeys(PETSTORE);
    assertThat(byId(store.settings().overviewSince(before))).containsOnlyKeys(MY_API, PETSTORE);

    long deployed = store.settings().newestChange();
    store.settings().undeploy(MY_API, PRODUCTION, AUTHOR);
    ProxyOverview.At undeployed = environments(store.settings().overviewSince(deployed)).get(0);
    assertThat(undeployed).isEqualTo(new ProxyOverview.At("production", false, 2, null));

    long nothing = store.settings().newestChange();
    assertThat(store.settings().overviewSince(nothing))
        .isEqualTo(new OverviewChanges(nothing, false, List.of()));
  }

  @Test
  void aRollbackAndPartsAreChanges() {
    long before = store.settings().newestChange();
    store.history().rollBack(MY_API, 1, List.of(PRODUCTION), saved -> {}, AUTHOR);
    OverviewChanges rolledBack = store.settings().overviewSince(before);
    assertThat(environments(rolledBack).get(0).environmentVersion()).isEqualTo(2);

    BypassToken token =
        new BypassToken("7f", "", "a".repeat(64), "admin", NOW, NOW.plusSeconds(60));
    store
        .settings()
        .updateParts(MY_API, parts -> new ProxyParts(List.of(token)), saved -> {}, AUTHOR);
    OverviewChanges parts = store.settings().overviewSince(rolledBack.newest());
    assertThat(environments(parts).get(0).environmentVersion()).isEqualTo(3);
  }

  @Test
  void aCatalogOrARestoredStoreIsToldAsAWhole() {
    long before = store.settings().newestChange();
    store.settings().apply(TestCatalog.small().without(MY_API), AUTHOR);
    OverviewChanges without = store.settings().overviewSince(before);
    assertThat(without.everything()).isTrue();
    assertThat(byId(without)).containsOnlyKeys(PETSTORE);

    store.settings().apply(TestCatalog.small().withEnvironments(Set.of("production")), AUTHOR);
    OverviewChanges back = store.settings().overviewSince(without.newest());
    assertThat(byId(back)).containsOnlyKeys(MY_API, PETSTORE);
    assertThat(environments(back)).hasSize(1);

    assertThat(store.settings().overviewSince(back.newest() + 1)).isEqualTo(back);
  }

  @Test
  void aDeploymentThatLeavesItClosedLeavesSinceWhenAndByWhom() {
    deploy(Duration.ofMinutes(1), CLOSED, OTHER);
    Instant closed = NOW.plus(Duration.ofMinutes(1));
    assertThat(production()).isEqualTo(inForce(2, CLOSED, closed, "other", closed, "other"));

    MaintenanceSettings changed = CLOSED.withResponse(429, CLOSED.contentType(), "Back at one");
    deploy(Duration.ofMinutes(2), changed, AUTHOR);
    assertThat(production())
        .isEqualTo(
            inForce(3, changed, NOW.plus(Duration.ofMinutes(2)), "operator", closed, "other"));

    deploy(Duration.ofMinutes(3), MaintenanceSettings.DEFAULT, AUTHOR);
    Instant opened = NOW.plus(Duration.ofMinutes(3));
    assertThat(production())
        .isEqualTo(inForce(4, MaintenanceSettings.DEFAULT, opened, "operator", opened, "operator"));

    store.settings().undeploy(MY_API, PRODUCTION, AUTHOR);
    deploy(Duration.ofMinutes(4), MaintenanceSettings.DEFAULT, OTHER);
    Instant again = NOW.plus(Duration.ofMinutes(4));
    assertThat(production())
        .isEqualTo(inForce(6, MaintenanceSettings.DEFAULT, again, "other", again, "other"));
  }

  @Test
  void aWindowClosesAndOpensAtItsBoundaries() {
    Instant starts = NOW.plusSeconds(600);
    Instant ends = NOW.plusSeconds(1200);
    MaintenanceSettings windowed =
        CLOSED.withWindow(
            new Window(Moment.parse(starts.toString()), Moment.parse(ends.toString()), true));
    deploy(Duration.ofMinutes(1), windowed, OTHER);

    InForce planned = production();
    assertThat(planned.isClosedAt(starts.minusMillis(1))).isFalse();
    assertThat(planned.sinceAt(starts.minusMillis(1))).isEqualTo(NOW);
    assertThat(planned.isClosedAt(starts)).isTrue();
    assertThat(planned.sinceAt(starts)).isEqualTo(starts);
    assertThat(planned.sinceByAt(starts.minusMillis(1))).isEqualTo("operator");
    assertThat(planned.sinceByAt(starts)).isEqualTo("other");
    assertThat(planned.isClosedAt(ends)).isFalse();
    assertThat(planned.sinceAt(ends)).isEqualTo(ends);

    // It is closed by the window, and the deployment only takes the window away.
    deploy(Duration.ofSeconds(700), CLOSED, AUTHOR);
    assertThat(production().sinceAt(NOW.plusSeconds(800))).isEqualTo(starts);
    assertThat(production().sinceByAt(NOW.plusSeconds(800))).isEqualTo("other");

    // It was closed before, and a window that began in the past does not change that.
    deploy(Duration.ofMinutes(15), windowed, AUTHOR);
    assertThat(production().sinceAt(NOW.plusSeconds(1000))).isEqualTo(starts);
    assertThat(production().sinceAt(NOW.plusSeconds(1300))).isEqualTo(ends);
  }

  @Test
  void changesLeadToWhatIsThere() {
    follow(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 3, 4, 5})
  @Tag("slow")
  void changesLeadToWhatIsThereInOtherOrders(long seed) {
    follow(seed);
  }

  private void follow(long seed) {
    RandomOperations operations = new RandomOperations(store, seed);
    Map<ProxyId, ProxyOverview> follower = new HashMap<>();
    long known = 0;
    for (int step = 0; step < 150; step++) {
      operations.next();
      if (operations.random.nextInt(3) == 0) {
        OverviewChanges changes = store.settings().overviewSince(known);
        if (changes.everything()) {
          follower.clear();
        }
        follower.putAll(byId(changes));
        known = changes.newest();
        assertThat(follower)
            .as("seed %d, step %d", seed, step)
            .isEqualTo(byId(store.settings().overviewSince(0)));
      }
    }
  }
}
