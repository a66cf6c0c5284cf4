package dev.intermission.api.store;

import java.util.List;

/**
 * What changed in the overview of all proxies.
 *
 * @param newest the number of the newest change that is in it
 * @param everything whether these are all proxies; the others are gone then
 * @param proxies those that changed, as they are now, in no particular order
 */
public record OverviewChanges(long newest, boolean everything, List<ProxyOverview> proxies) {

  public OverviewChanges {
    proxies = List.copyOf(proxies);
  }
}
