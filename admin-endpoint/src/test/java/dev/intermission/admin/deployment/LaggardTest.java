package dev.intermission.admin.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.admin.AdminOptions;
import dev.intermission.admin.AdminServer;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
import dev.intermission.admin.access.AttemptLimits;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.store.DeploymentRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Gateways that don't take a deployment in time. */
class LaggardTest extends AdminTest {

  private static final String BEHIND =
      "{\"status\":\"SUCCESS\",\"success\":true,\"resultMessage\":\"production: Deployment is saved and stays in force, but 1 of 1 gateways did not take it within 100 ms and will when they are back: gateway-1\","
          + "\"deploymentResult\":{\"success\":false,\"responseTime\":0,\"detailList\":["
          + "{\"envName\":\"production\",\"podName\":\"gateway-1\",\"podIp\":\"127.0.0.1\",\"success\":false,\"detail\":\"The gateway did not take it within 100 ms\",\"responseTime\":0}],\"deploymentResults\":["
          + "{\"environmentName\":\"staging\",\"success\":true,\"message\":\"Deployment successful; no gateway is running in staging, the next one to start serves it\"},"
          + "{\"environmentName\":\"production\",\"success\":false,\"message\":\"Deployment is saved and stays in force, but 1 of 1 gateways did not take it within 100 ms and will when they are back: gateway-1\"}]},"
          + "\"warnings\":[{\"code\":\"GATEWAYS_BEHIND\",\"message\":\"Gateways of production did not take it in time and will when they are back: gateway-1.\"}]}";

  private final CountDownLatch stuck = new CountDownLatch(1);
  private final AtomicLong served = new AtomicLong();

  @Override
  public AdminOptions options() {
    return new AdminOptions(
        1 << 20, 1 << 16, Duration.ofMillis(100), Duration.ofHours(1), AttemptLimits.DEFAULTS);
  }

  /** Follows production; takes version 1, and later ones once it is no longer stuck. */
  private SnapshotFeed.Subscription startStuckGateway() {
    SnapshotFeed.Subscription gateway = server.feed.follow("production", this::take);
    await().until(() -> served.get() == 1);
    return gateway;
  }

  private void take(Snapshot snapshot) {
    try {
      if (snapshot.version() > 1) {
        stuck.await();
      }
      served.set(snapshot.version());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aLaggardIsNamedAndTakesTheDeploymentLater() throws Exception {
    try (SnapshotFeed.Subscription gateway = startStuckGateway()) {
      assertThat(gateway).isNotNull();
      Http.Answer answer =
          patch(
              "{\"enabled\":true,\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"staging\",\"production\"]}");
      assertThat(timeless(answer.body())).isEqualTo(BEHIND);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(server.saved(TestCatalog.MY_API).settings().enabled()).isTrue();
      assertThat(server.store.settings().version("production")).isEqualTo(2);
      stuck.countDown();
      await().until(() -> served.get() == 2);
    }
  }

  @Test
  void aLaggardIsNamedWhenAnotherTrafficLogIsSet() throws Exception {
    try (SnapshotFeed.Subscription gateway = startStuckGateway()) {
      assertThat(gateway).isNotNull();
      Http.Answer answer =
          send(
              Http.request("PUT", PROXY + "trafficLogSettings/production/")
                  .token(server.token("operator"))
                  .json("{}"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body())
          .endsWith(
              "\"warnings\":[{\"code\":\"GATEWAYS_BEHIND\",\"message\":\"Gateways of production did not take it within 100 ms and will when they are back: gateway-1.\"}]}");
      stuck.countDown();
      await().until(() -> served.get() == 2);
    }
  }

  @Test
  void aWaitThatIsInterruptedLeavesTheDeploymentInForce() throws Exception {
    try (SnapshotFeed.Subscription gateway = startStuckGateway()) {
      assertThat(gateway).isNotNull();
      Deployments deployments =
          new Deployments(
              server.store.settings(), server.store.history(), server.feed, Duration.ofMinutes(5));
      CompletableFuture<DeploymentResult> result = new CompletableFuture<>();
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      Thread deployer =
          new Thread(
              () -> {
                result.complete(
                    deployments
                        .inForce(
                            deployments
                                .changes()
                                .deploy(
                                    TestCatalog.MY_API,
                                    DeploymentRequest.to("production"),
                                    saved -> {},
                                    AdminServer.SETUP)
                                .deployments())
                        .result());
                flag.complete(Thread.currentThread().isInterrupted());
              });
      deployer.start();
      await().until(() -> server.store.settings().version("production") == 2);
      await().until(() -> deployer.getState() == Thread.State.TIMED_WAITING);
      deployer.interrupt();
      assertThat(result.get(30, TimeUnit.SECONDS).deploymentResults())
          .containsExactly(
              new DeploymentResult.InEnvironment(
                  "production",
                  false,
                  "Deployment is saved and in force; the wait for the gateways was interrupted"));
      assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
      stuck.countDown();
    }
  }
}
