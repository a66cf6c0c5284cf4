package dev.intermission.api.store;

import dev.intermission.api.ProxyId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One proxy in the overview.
 *
 * @param categories the labels of the host gateway
 * @param environments how it stands in each environment, ordered by name
 */
public record ProxyOverview(ProxyId id, List<String> categories, List<At> environments) {

  public ProxyOverview {
    categories = List.copyOf(categories);
    environments = List.copyOf(environments);
  }

  /**
   * How the proxy stands in one environment.
   *
   * @param redeployRequired whether it is deployed and what is saved, trace settings included,
   *     differs from what is deployed
   * @param environmentVersion the first snapshot version that contains its present state; 0 if it
   *     was never deployed
   * @param inForce null if it is not deployed now
   */
  public record At(
      String environment,
      boolean redeployRequired,
      long environmentVersion,
      @Nullable InForce inForce) {}
}
