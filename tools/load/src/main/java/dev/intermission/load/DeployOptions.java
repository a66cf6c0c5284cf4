package dev.intermission.load;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for deployments during the load. */
final class DeployOptions {

  private static final double MOST_PER_SECOND = 1_000;

  @Option(
      names = "--deploy-url",
      paramLabel = "URL",
      description =
          "The proxy in the management API (http://HOST:9090/apiops/projects/P/apiProxies/A) that"
              + " the URL belongs to. Two maintenance responses are deployed in turn while load"
              + " runs, an answer must be entirely one of them, and afterwards the settings that"
              + " were saved before are deployed. The access token is taken from the environment"
              + " variable INTERMISSION_TOKEN.")
  private @Nullable String url;

  @Option(
      names = "--deploy-environment",
      paramLabel = "NAME",
      defaultValue = "production",
      description = "Where to deploy (default: production).")
  private String environment = "production";

  @Option(
      names = "--deploy-rate",
      paramLabel = "N",
      defaultValue = "10",
      description = "Deployments a second (default: 10).")
  private double rate = 10;

  @Option(
      names = "--deploy-window",
      paramLabel = "TIME",
      defaultValue = "5s",
      description =
          "Windows of this length without deployments and with them take turns, to show the"
              + " difference; 0s deploys all the time (default: 5s).")
  private Duration window = Duration.ofSeconds(5);

  /**
   * @throws UsageException if an option is wrong
   */
  Optional<DeploymentPlan> plan() {
    if (url == null) {
      return Optional.empty();
    }
    URI proxy = TargetOptions.url("--deploy-url", url);
    if (!proxy.getRawPath().matches(".*/projects/[^/]+/apiProxies/[^/]+/?")
        || proxy.getRawQuery() != null) {
      throw new UsageException(
          "--deploy-url '" + url + "' does not end in /projects/PROJECT/apiProxies/PROXY");
    }
    if (!(rate > 0 && rate <= MOST_PER_SECOND)) {
      throw new UsageException(
          "--deploy-rate is "
              + Numbers.plain(rate)
              + ", allowed is more than 0 and at most "
              + Numbers.plain(MOST_PER_SECOND));
    }
    return Optional.of(new DeploymentPlan(proxy, environment, rate, window));
  }
}
