package dev.intermission.filter;

import dev.intermission.api.AddressRange;
import dev.intermission.gate.FrontOptions;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.GateOptions.BeforeFirstSnapshot;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the options of a gate and its front from the init parameters of a filter. */
final class FilterOptions {

  private FilterOptions() {}

  /**
   * @throws ServletException if a parameter has a value that is not allowed
   */
  static GateOptions of(FilterConfig config) throws ServletException {
    GateOptions options = GateOptions.FOR_FEED;
    String bytes = config.getInitParameter(MaintenanceFilter.ANSWER_CACHE_BYTES);
    if (bytes != null) {
      try {
        options = options.withAnswerCacheBytes(Long.parseLong(bytes));
      } catch (IllegalArgumentException e) {
        throw refused(
            config,
            MaintenanceFilter.ANSWER_CACHE_BYTES,
            bytes,
            "allowed is a number of bytes, 0 and more",
            e);
      }
    }
    options = options.withTrustedProxies(trustedProxies(config));
    String before = config.getInitParameter(MaintenanceFilter.BEFORE_FIRST_SNAPSHOT);
    if (before == null || before.equals("refuse")) {
      return options;
    }
    if (before.equals("pass")) {
      return options.withBeforeFirstSnapshot(BeforeFirstSnapshot.PASS);
    }
    throw refused(
        config,
        MaintenanceFilter.BEFORE_FIRST_SNAPSHOT,
        before,
        "allowed are 'refuse' and 'pass'",
        null);
  }

  /**
   * Returns the options of the filter itself.
   *
   * @throws ServletException if a parameter has a value that is not allowed
   */
  static FrontOptions front(FilterConfig config) throws ServletException {
    String counts = config.getInitParameter(MaintenanceFilter.COUNTS_IN_FLIGHT);
    if (counts == null || counts.equals("false")) {
      return FrontOptions.DEFAULTS;
    }
    if (counts.equals("true")) {
      return FrontOptions.DEFAULTS.countingInFlight();
    }
    throw refused(
        config, MaintenanceFilter.COUNTS_IN_FLIGHT, counts, "allowed are 'true' and 'false'", null);
  }

  private static List<AddressRange> trustedProxies(FilterConfig config) throws ServletException {
    String text = config.getInitParameter(MaintenanceFilter.TRUSTED_PROXIES);
    List<AddressRange> ranges = new ArrayList<>();
    if (text == null || text.isBlank()) {
      return ranges;
    }
    for (String element : text.split(",", -1)) {
      try {
        ranges.add(AddressRange.parse(element.strip()));
      } catch (IllegalArgumentException e) {
        throw refused(
            config,
            MaintenanceFilter.TRUSTED_PROXIES,
            text,
            "'" + element.strip() + "' " + e.getMessage(),
            e);
      }
    }
    return ranges;
  }

  private static ServletException refused(
      FilterConfig config, String name, String found, String allowed, @Nullable Exception cause) {
    return new ServletException(
        String.format(
            Locale.ROOT,
            "%s has the init parameter %s='%s'; %s",
            config.getFilterName(),
            name,
            found,
            allowed),
        cause);
  }
}
