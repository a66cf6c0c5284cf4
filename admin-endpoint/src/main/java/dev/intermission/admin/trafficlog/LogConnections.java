package dev.intermission.admin.trafficlog;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a host's gateways can log traffic to, as the management API has to know it. Thread-safe.
 */
public interface LogConnections {

  /** Of a host that has none: nothing can be logged. */
  LogConnections NONE =
      new LogConnections() {
        @Override
        public Map<String, String> in(String environment) {
          return Map.of();
        }

        @Override
        public @Nullable String faultOf(String regularExpression) {
          return null;
        }
      };

  /**
   * Returns the connections of an environment: their types, such as {@code LOGBACK_APPEND}, by
   * their names. Asked for each call, since a host may read its configuration again.
   */
  Map<String, String> in(String environment);

  /**
   * Returns why the log can't use this regular expression, without its name and as the rest of a
   * sentence such as "has no end of a group", or null if it can.
   */
  @Nullable String faultOf(String regularExpression);
}
