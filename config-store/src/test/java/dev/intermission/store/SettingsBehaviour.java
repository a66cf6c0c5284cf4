package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static dev.intermission.store.TestCatalog.PETSTORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SettingsStore.Update;
import dev.intermission.api.store.UnknownEnvironmentException;
import dev.intermission.api.store.UnknownProxyException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings and deployments, as every database must keep them. */
abstract class SettingsBehaviour extends StoreBehaviour {

  @Test
  void aProxyNeverConfiguredHasTheDefaults() {
    assertThat(store.settings().settings(MY_API))
        .contains(new SavedSettings(MaintenanceSettings.DEFAULT, 1));
  }

  @Test
  void savingAloneChangesNoSnapshot() {
    Update update = store.settings().update(MY_API, CLOSE, List.of(), AUTHOR);

    assertThat(update).isEqualTo(new Update(new SavedSettings(CLOSED, 2), List.of()));
    assertThat(store.settings().settings(MY_API)).contains(update.saved());
    assertThat(store.settings().version("production")).isEqualTo(1);
    assertThat(store.settings().status(MY_API))
        .containsExactly(
            new DeploymentStatus("production", true, NOW, 1L, true, 1, MaintenanceSettings.DEFAULT),
            new DeploymentStatus("staging", false, null, null, false, 0, null));
  }

  @Test
  void everyMessageComesBack() {
    String message = "\u0000 \uffff\n\t ünïcödé 漢字 😀 ' \" \\ %s " + "x".repeat(65_536);
    MaintenanceSettings settings =
        new MaintenanceSettings(true, 200, ContentType.parse("text/plain"), message);

    store.settings().update(MY_API, saved -> settings, List.of(PRODUCTION), AUTHOR);

    assertThat(store.settings().settings(MY_API)).contains(new SavedSettings(settings, 2));
    assertThat(store.settings().changesSince("production", 1).deployed().get(0).settings())
        .isEqualTo(settings);
    assertThat(store.settings().status(MY_API).get(0).redeployRequired()).isFalse();
  }

  @Test
  void savingTheSameValuesKeepsTheirVersion() {
    store.settings().update(MY_API, CLOSE, List.of(), AUTHOR);

    assertThat(store.settings().update(MY_API, CLOSE, List.of(), AUTHOR).saved().version())
        .isEqualTo(2);
    assertThat(store.settings().settings(MY_API)).contains(new SavedSettings(CLOSED, 2));
  }

  @Test
  void savingTheDeployedValuesAgainNeedsNoRedeploy() {
    store.settings().update(MY_API, CLOSE, List.of(), AUTHOR);
    store.settings().update(MY_API, saved -> MaintenanceSettings.DEFAULT, List.of(), AUTHOR);

    assertThat(store.settings().status(MY_API).get(0).redeployRequired()).isFalse();
    assertThat(store.settings().settings(MY_API).orElseThrow().version()).isEqualTo(3);
  }

  @Test
  void eachSettingThatDiffersNeedsARedeploy() {
    MaintenanceSettings d = MaintenanceSettings.DEFAULT;
    for (MaintenanceSettings changed :
        List.of(
            new MaintenanceSettings(true, d.httpStatusCode(), d.contentType(), d.message()),
            new MaintenanceSettings(false, 404, d.contentType(), d.message()),
            new MaintenanceSettings(
                false,
                d.httpStatusCode(),
                ContentType.parse("application/json;charset=utf-8"),
                d.message()),
            new MaintenanceSettings(false, d.httpStatusCode(), d.contentType(), ""))) {
      store.settings().update(MY_API, saved -> changed, List.of(), AUTHOR);
      assertThat(store.settings().status(MY_API).get(0).redeployRequired())
          .as("%s", changed)
          .isTrue();
    }
  }

  @Test
  void updateDeploysWhatItSavedInTheOrderAsked() {
    DeploymentRequest staging = new DeploymentRequest("staging", "trial", true);

    Update update = store.settings().update(MY_API, CLOSE, List.of(staging, PRODUCTION), AUTHOR);

    assertThat(update.deployments())
        .containsExactly(
            new Deployment(MY_API, 2, "staging", 1, true, CLOSED, "operator", NOW, "trial", true),
            new Deployment(
                MY_API,
                3,
                "production",
                2,
                true,
                CLOSED,
                "operator",
                NOW,
                "Deployed by APIOPS Api",
                false));
    assertThat(store.settings().status(MY_API))
        .containsExactly(
            new DeploymentStatus("production", true, NOW, 3L, false, 2, CLOSED),
            new DeploymentStatus("staging", true, NOW, 2L, false, 1, CLOSED));
  }

  @Test
  void whatTheChangeThrowsIsThrownOnAndNothingIsChanged() {
    IllegalStateException refused = new IllegalStateException("refused");

    assertThatThrownBy(
            () ->
                store
                    .settings()
                    .update(
                        MY_API,
                        saved -> {
                          throw refused;
                        },
                        List.of(PRODUCTION),
                        AUTHOR))
        .isSameAs(refused);
    assertThat(store.settings().settings(MY_API).orElseThrow().version()).isEqualTo(1);
    assertThat(
            store.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR).saved().version())
        .isEqualTo(2);
  }

  @Test
  void deployingToAnUnknownEnvironmentChangesNothing() {
    assertThatThrownBy(
            () ->
                store
                    .settings()
                    .update(
                        MY_API, CLOSE, List.of(PRODUCTION, DeploymentRequest.to("mars")), AUTHOR))
        .isInstanceOfSatisfying(
            UnknownEnvironmentException.class, e -> assertThat(e.environment()).isEqualTo("mars"));

    assertThat(store.settings().settings(MY_API))
        .contains(new SavedSettings(MaintenanceSettings.DEFAULT, 1));
    assertThat(store.settings().version("production")).isEqualTo(1);
    assertThat(
            store
                .settings()
                .update(MY_API, KEEP, List.of(PRODUCTION), AUTHOR)
                .deployments()
                .get(0)
                .revision())
        .isEqualTo(2);
  }

  @Test
  void updatingAnUnknownProxyIsRefused() {
    assertThatThrownBy(
            () ->
                store
                    .settings()
                    .update(new ProxyId("MyProject", "myapi"), CLOSE, List.of(), AUTHOR))
        .isInstanceOf(UnknownProxyException.class)
        .hasMessageContaining("MyProject/myapi");
  }

  @Test
  void deployingTwiceToOneEnvironmentIsTheCallersError() {
    assertThatThrownBy(
            () -> store.settings().update(MY_API, CLOSE, List.of(PRODUCTION, PRODUCTION), AUTHOR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store.settings().settings(MY_API).orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void undeployTakesTheProxyOutAndKeepsItsLastDeployment() {
    store.settings().update(MY_API, CLOSE, List.of(), AUTHOR);
    DeploymentRequest request =
        new DeploymentRequest("production", DeploymentRequest.UNDEPLOYED, false);

    assertThat(store.settings().undeploy(MY_API, request, AUTHOR))
        .contains(
            new Deployment(
                MY_API,
                2,
                "production",
                2,
                false,
                MaintenanceSettings.DEFAULT,
                "operator",
                NOW,
                "Undeployed by APIOPS Api",
                false));
    assertThat(store.settings().status(MY_API).get(0))
        .isEqualTo(new DeploymentStatus("production", false, NOW, 1L, false, 2, null));
    assertThat(store.settings().undeploy(MY_API, request, AUTHOR)).isEmpty();
    assertThat(store.settings().version("production")).isEqualTo(2);
    assertThat(
            store
                .settings()
                .update(MY_API, KEEP, List.of(PRODUCTION), AUTHOR)
                .deployments()
                .get(0)
                .revision())
        .isEqualTo(3);
  }

  @Test
  void undeployingWhatIsNotThereIsRefused() {
    assertThat(store.settings().undeploy(MY_API, STAGING, AUTHOR)).isEmpty();
    assertThat(store.settings().version("staging")).isZero();
    assertThatThrownBy(
            () -> store.settings().undeploy(MY_API, DeploymentRequest.to("mars"), AUTHOR))
        .isInstanceOf(UnknownEnvironmentException.class);
    assertThatThrownBy(
            () -> store.settings().undeploy(new ProxyId("x", "MyAPI"), PRODUCTION, AUTHOR))
        .isInstanceOf(UnknownProxyException.class);
  }

  @Test
  void revisionsCountUpForEachProxyByItself() {
    store.settings().update(MY_API, KEEP, List.of(PRODUCTION, STAGING), AUTHOR);

    assertThat(
            store
                .settings()
                .update(PETSTORE, KEEP, List.of(STAGING, PRODUCTION), AUTHOR)
                .deployments())
        .extracting(Deployment::revision)
        .containsExactly(1L, 2L);
  }

  @Test
  void everythingIsThereAfterOpeningAgain() {
    Update update = store.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR);
    List<DeploymentStatus> status = store.settings().status(MY_API);
    store.close();

    store = open(Clock.systemUTC());

    assertThat(store.settings().settings(MY_API)).contains(update.saved());
    assertThat(store.settings().status(MY_API)).isEqualTo(status);
    assertThat(store.settings().changesSince("production", 0).deployed().get(0).settings())
        .isEqualTo(CLOSED);
  }
}
