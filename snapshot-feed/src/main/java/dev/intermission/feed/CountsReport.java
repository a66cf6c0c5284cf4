package dev.intermission.feed;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermission.api.NodeCounts;
import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a node tells an admin node of its counts: what has changed since the report before, or all.
 * Each report has a number, and names the one before; an admin node that does not know that one
 * wants all. Fields that a reader does not know are skipped, since nodes of different versions talk
 * to each other.
 *
 * @param after the number of the report that this one follows; 0 for one that tells all
 * @param number greater than those before it
 * @param version as in {@link NodeCounts}
 * @param countsInFlight as in {@link NodeCounts}
 * @param complete as in {@link NodeCounts}; if it is false, and one of the proxies that are told
 *     has no requests in flight, then none of those that are left out has any
 * @param proxies the counts that are others than before
 * @param gone the proxies whose counts are not told any more
 */
public record CountsReport(
    long after,
    long number,
    long version,
    boolean countsInFlight,
    boolean complete,
    List<ProxyCounts> proxies,
    List<ProxyId> gone) {

  /** The most bytes of a report. */
  public static final int MOST_BYTES = 8 << 20;

  private static final int LONGEST_NAME = 1_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.AUTO_DETECT_IS_GETTERS)
          // So that each store can keep it, whatever a node has put into it.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  /**
   * @throws IllegalArgumentException if the numbers contradict each other, a proxy is there twice,
   *     or there are too many
   */
  public CountsReport {
    proxies = List.copyOf(proxies);
    gone = List.copyOf(gone);
    if (after < 0 || number <= after || version < 0) {
      throw new IllegalArgumentException(
          "number " + number + " after " + after + ", version " + version);
    }
    if (proxies.size() > NodeCounts.MOST_PROXIES || gone.size() > NodeCounts.MOST_PROXIES) {
      throw new IllegalArgumentException("more than " + NodeCounts.MOST_PROXIES + " proxies");
    }
    Set<ProxyId> named = new HashSet<>(gone);
    for (ProxyCounts counts : proxies) {
      if (!named.add(counts.proxy())) {
        throw new IllegalArgumentException("a proxy is there twice");
      }
    }
    for (ProxyId id : named) {
      if (id.project().length() > LONGEST_NAME || id.name().length() > LONGEST_NAME) {
        throw new IllegalArgumentException("a name has more than " + LONGEST_NAME + " characters");
      }
    }
  }

  /** Returns it as JSON, in ASCII. */
  public String json() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (IOException e) {
      throw new IllegalStateException("can't write the counts of a node", e);
    }
  }

  /**
   * Returns the report that was written.
   *
   * @throws UnreadableSnapshotException if it is none
   */
  public static CountsReport read(byte[] json) {
    try {
      // A JSON null is read as a null.
      Object read = MAPPER.readValue(json, CountsReport.class);
      if (read instanceof CountsReport report) {
        return report;
      }
      throw new UnreadableSnapshotException("is no report of counts: it is null");
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableSnapshotException("is no report of counts", e);
    }
  }

  /** Returns the report that was written. */
  public static CountsReport read(String json) {
    return read(json.getBytes(StandardCharsets.US_ASCII));
  }
}
