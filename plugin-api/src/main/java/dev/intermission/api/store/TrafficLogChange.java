package dev.intermission.api.store;

import dev.intermission.api.trafficlog.TrafficLogSettings;
import org.jspecify.annotations.Nullable;

/**
 * A change of a proxy's traffic log, as it is recorded.
 *
 * @param before the settings saved before, null for none
 * @param after the settings saved since
 */
public record TrafficLogChange(@Nullable TrafficLogSettings before, TrafficLogSettings after) {}
