package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static dev.intermission.store.TestCatalog.PETSTORE;
import static dev.intermission.store.TestCatalog.proxy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.api.User;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.UnknownEnvironmentException;
import dev.intermission.api.store.UnknownProxyException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What applying a catalog does, in every database. */
abstract class CatalogBehaviour extends StoreBehaviour {

  @Test
  void theStoreKnowsWhatTheCatalogHas() {
    assertThat(store.settings().environments()).containsExactlyInAnyOrder("production", "staging");
    assertThat(store.settings().projects()).containsExactlyInAnyOrder("MyProject", "OtherProject");
    assertThat(store.settings().projectExists("OtherProject")).isTrue();
    assertThat(store.settings().proxies("MyProject"))
        .containsExactly(proxy(MY_API, "/api/v1"), proxy(PETSTORE, "/petstore"));
    assertThat(store.tokens().user("operator"))
        .contains(
            new User(
                "operator",
                false,
                Map.of("MyProject", Set.of(Right.MANAGE, Right.DEPLOY_UNDEPLOY)),
                "hash"));
  }

  @Test
  void whatDoesNotExistIsEmpty() {
    ProxyId nobody = new ProxyId("MyProject", "");

    assertThat(store.settings().settings(nobody)).isEmpty();
    assertThat(store.settings().proxy(nobody)).isEmpty();
    assertThat(store.settings().status(nobody)).isEmpty();
    assertThat(store.settings().proxies("NoProject")).isEmpty();
    assertThat(store.settings().projectExists("myproject")).isFalse();
    assertThat(store.settings().version("mars")).isZero();
  }

  @Test
  void aNameThatNoDatabaseCanHoldIsUnknown() {
    for (String odd : List.of("MyAPI\u0000", "\u0000", "MyAPI\ud800", "x".repeat(10_000))) {
      assertThat(store.settings().proxy(new ProxyId("MyProject", odd))).isEmpty();
      assertThat(store.settings().settings(new ProxyId(odd, "MyAPI"))).isEmpty();
      assertThat(store.settings().projectExists(odd)).isFalse();
      assertThat(store.tokens().user(odd)).isEmpty();
      assertThat(store.tokens().tokenByHash(odd)).isEmpty();
      assertThat(store.settings().changesSince(odd, 0).version()).isZero();
      assertThatThrownBy(() -> store.settings().undeploy(MY_API, DeploymentRequest.to(odd), AUTHOR))
          .isInstanceOf(UnknownEnvironmentException.class);
    }
  }

  @Test
  void aNameThatNoDatabaseCanHoldIsRefused() {
    for (String odd : List.of("\u0000", "a\ud800", "\uffff", "x".repeat(256))) {
      assertThatThrownBy(
              () ->
                  store
                      .settings()
                      .apply(
                          TestCatalog.small()
                              .with(proxy(new ProxyId("MyProject", odd), "/a"), Set.of()),
                          AUTHOR))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("The name of the API proxy");
    }
  }

  @Test
  void proxiesAreOrderedByTheCodePointsOfTheirNames() {
    List<String> names =
        List.of("", "A-b", "Ab", "I", "Z", "a", "i", "É", "İ", "ı", "\uff41", "😀");
    Map<ApiProxy, Set<String>> proxies = new HashMap<>();
    names.forEach(name -> proxies.put(proxy(new ProxyId("MyProject", name), "/" + name), Set.of()));

    store.settings().apply(TestCatalog.of(proxies), AUTHOR);

    assertThat(store.settings().proxies("MyProject"))
        .extracting(p -> p.id().name())
        .containsExactlyElementsOf(names);
  }

  @Test
  void everyPartOfADefinitionComesBack() {
    ApiProxy proxy =
        new ApiProxy(
            new ProxyId("MyProject", "Ünï/cödé 'x' 漢字"),
            "\"quoted\" \n text",
            "SOAP",
            List.of("/b", "/a/é"),
            List.of("one.example", "two.example"),
            List.of(
                new RoutingAddress(URI.create("https://up.example:8443/base%20x"), 3, true),
                new RoutingAddress(URI.create("http://127.0.0.1"), 0, false)),
            List.of("finance", "beta"),
            "PUBLIC",
            true);
    store.settings().apply(TestCatalog.small().with(proxy, Set.of()), AUTHOR);

    assertThat(store.settings().proxy(proxy.id())).contains(proxy);
    assertThat(store.settings().proxies("MyProject"))
        .extracting(p -> p.id().name())
        .containsExactly("MyAPI", "petstore-api", "Ünï/cödé 'x' 漢字");
  }

  @Test
  void applyingTheSameCatalogAgainChangesNoVersion() {
    store.settings().apply(TestCatalog.small(), AUTHOR);

    assertThat(store.settings().version("production")).isEqualTo(1);
    assertThat(store.settings().version("staging")).isZero();
  }

  @Test
  void aProxyIsDeployedFromTheFirstOnlyWhereItNeverWas() {
    store.settings().undeploy(MY_API, PRODUCTION, AUTHOR);
    store.settings().update(PETSTORE, CLOSE, List.of(), AUTHOR);

    store
        .settings()
        .apply(
            TestCatalog.small()
                .with(proxy(MY_API, "/api/v1"), Set.of("production", "staging"))
                .with(proxy(PETSTORE, "/petstore"), Set.of("staging")),
            AUTHOR);

    assertThat(store.settings().status(MY_API))
        .containsExactly(
            new DeploymentStatus("production", false, NOW, 1L, false, 2, null),
            new DeploymentStatus("staging", true, NOW, 3L, false, 1, MaintenanceSettings.DEFAULT));
    SnapshotDelta staging = store.settings().changesSince("staging", 0);
    assertThat(staging.version()).isEqualTo(1);
    assertThat(staging.deployed())
        .containsExactlyInAnyOrder(
            new DeployedProxy(proxy(MY_API, "/api/v1"), 3, MaintenanceSettings.DEFAULT),
            new DeployedProxy(proxy(PETSTORE, "/petstore"), 1, CLOSED));
  }

  @Test
  void aChangedDefinitionTakesEffectWhereItIsDeployed() {
    store
        .settings()
        .apply(TestCatalog.small().with(proxy(MY_API, "/api/v2"), Set.of("production")), AUTHOR);

    assertThat(store.settings().changesSince("production", 1))
        .isEqualTo(
            new SnapshotDelta(
                "production",
                1,
                2,
                List.of(
                    new DeployedProxy(proxy(MY_API, "/api/v2"), 1, MaintenanceSettings.DEFAULT)),
                List.of()));
    assertThat(store.settings().status(MY_API).get(0))
        .isEqualTo(
            new DeploymentStatus(
                "production", true, NOW, 1L, false, 2, MaintenanceSettings.DEFAULT));
    assertThat(store.settings().version("staging")).isZero();
  }

  @Test
  void aDroppedProxyIsUnknownAndServedNoMore() {
    store.settings().apply(TestCatalog.small().without(MY_API), AUTHOR);

    assertThat(store.settings().proxy(MY_API)).isEmpty();
    assertThat(store.settings().settings(MY_API)).isEmpty();
    assertThat(store.settings().status(MY_API)).isEmpty();
    assertThatThrownBy(() -> store.settings().update(MY_API, CLOSE, List.of(), AUTHOR))
        .isInstanceOf(UnknownProxyException.class);
    assertThat(store.settings().changesSince("production", 1))
        .isEqualTo(new SnapshotDelta("production", 1, 2, List.of(), List.of(MY_API)));
    assertThat(store.settings().changesSince("production", 0).deployed()).isEmpty();
  }

  @Test
  void aProxyBroughtBackHasItsSettingsAndDeploymentsBack() {
    store.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR);
    store.settings().apply(TestCatalog.small().without(MY_API), AUTHOR);
    store.settings().apply(TestCatalog.small(), AUTHOR);

    assertThat(store.settings().settings(MY_API)).contains(new SavedSettings(CLOSED, 2));
    assertThat(store.settings().changesSince("production", 3).deployed())
        .containsExactly(new DeployedProxy(proxy(MY_API, "/api/v1"), 2, CLOSED));
    assertThat(store.settings().version("production")).isEqualTo(4);
  }

  @Test
  void aRemovedEnvironmentIsUnknownUntilItComesBack() {
    store
        .settings()
        .apply(
            new TestCatalog(
                Set.of("staging"),
                Set.of("MyProject"),
                Map.of(proxy(MY_API, "/api/v1"), Set.of()),
                Set.of()),
            AUTHOR);

    assertThat(store.settings().environments()).containsExactly("staging");
    assertThat(store.settings().version("production")).isZero();
    assertThat(store.settings().changesSince("production", 1))
        .isEqualTo(new SnapshotDelta("production", 0, 0, List.of(), List.of()));
    assertThat(store.settings().status(MY_API))
        .extracting(DeploymentStatus::environment)
        .containsExactly("staging");
    assertThatThrownBy(() -> store.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR))
        .isInstanceOf(UnknownEnvironmentException.class);
    assertThat(store.settings().projects()).doesNotContain("OtherProject");
    assertThat(store.settings().projectExists("OtherProject")).isFalse();
    assertThat(store.tokens().user("operator")).isEmpty();

    store.settings().apply(TestCatalog.small(), AUTHOR);

    assertThat(store.settings().changesSince("production", 0).deployed())
        .extracting(DeployedProxy::id)
        .containsExactly(MY_API);
  }

  @Test
  void usersAndTheirRightsAreReplaced() {
    User operator = new User("operator", false, Map.of("OtherProject", Set.of(Right.VIEW)), null);
    User nodes = new User("nodes", false, Map.of(), null, Set.of("production", "staging"));

    store.settings().apply(TestCatalog.small().withUsers(Set.of(operator, nodes)), AUTHOR);

    assertThat(store.tokens().user("operator")).contains(operator);
    assertThat(store.tokens().user("nodes")).contains(nodes);
    assertThat(store.tokens().user("admin")).isEmpty();
  }

  @Test
  void aCatalogThatContradictsItselfChangesNothing() {
    assertThatThrownBy(
            () ->
                store
                    .settings()
                    .apply(
                        TestCatalog.small().with(proxy(PETSTORE, "/pets"), Set.of("mars")), AUTHOR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mars");
    assertThatThrownBy(
            () ->
                store
                    .settings()
                    .apply(
                        TestCatalog.small().with(proxy(new ProxyId("None", "a"), "/a"), Set.of()),
                        AUTHOR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("None/a");
    assertThat(store.settings().proxies("MyProject")).hasSize(2);
  }

  @Test
  void manyProxiesAreDeployedInOneVersion() {
    deployInOneVersion(1_000);
  }

  @Test
  @Tag("slow")
  void tenThousandProxiesAreDeployedInOneVersion() {
    deployInOneVersion(10_000);
  }

  private void deployInOneVersion(int count) {
    Map<ApiProxy, Set<String>> proxies = new HashMap<>();
    IntStream.range(0, count)
        .forEach(
            i ->
                proxies.put(
                    proxy(new ProxyId("MyProject", "proxy-" + i), "/p/" + i),
                    Set.of("production", "staging")));

    store.settings().apply(TestCatalog.of(proxies), AUTHOR);

    SnapshotDelta delta = store.settings().changesSince("production", 1);
    assertThat(delta.version()).isEqualTo(2);
    assertThat(delta.undeployed()).containsExactly(MY_API);
    assertThat(delta.deployed().stream().map(DeployedProxy::proxy).collect(Collectors.toSet()))
        .isEqualTo(proxies.keySet());
  }
}
