package dev.intermission.api.store;

import dev.intermission.api.trace.TraceSettings;
import org.jspecify.annotations.Nullable;

/**
 * A change of a proxy's trace settings, as it is recorded.
 *
 * @param before the settings saved before, null for none
 * @param after the settings saved since
 */
public record TraceChange(@Nullable TraceSettings before, TraceSettings after) {}
