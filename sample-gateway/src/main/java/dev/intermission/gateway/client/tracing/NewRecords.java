package dev.intermission.gateway.client.tracing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gateway.client.connection.ManagementApi;
import dev.intermission.gateway.client.proxies.ProxyName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks again and again for the records that were not seen yet. Gateways send them late and in any
 * order, while the list has the newest first: so it is read until a page has nothing new, and now
 * and then to its end if there are more records than were seen. One look may be given up while it
 * hangs, and another one begun in another thread: what a look found counts as seen only when it is
 * taken.
 */
public final class NewRecords {

  private static final int PAGE = 100;

  /** So many looks there are for one that goes to the end of the list. */
  private static final int LOOKS_FOR_A_DEEP_ONE = 10;

  private final ManagementApi api;
  private final ProxyName proxy;
  private final RecordQuery query;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private int looks;

  /** Makes it for the records of an API proxy that match this. */
  public NewRecords(ManagementApi api, ProxyName proxy, RecordQuery query) {
    this.api = api;
    this.proxy = proxy;
    this.query = query;
  }

  /**
   * What one look found.
   *
   * @param lines the records that no look found before, in the order of their times
   * @param dropped how many requests of the proxy were not recorded, as the list tells it
   */
  public record Found(List<JsonNode> lines, long dropped) {

    /** Copies the list. */
    public Found {
      lines = List.copyOf(lines);
    }
  }

  /** Returns how many there were so far. */
  public int count() {
    return seen.size();
  }

  /**
   * Looks once.
   *
   * @throws dev.intermission.gateway.client.output.CommandFailure if the list can't be read
   */
  public Found next() {
    boolean deep = ++looks % LOOKS_FOR_A_DEEP_ONE == 0;
    return look(deep);
  }

  /** Looks once, through the whole list if it has more than was seen. */
  public Found last() {
    return look(true);
  }

  /** Notes that these records are shown, so that no later look finds them. */
  public void taken(Found found) {
    found.lines().forEach(line -> seen.add(id(line)));
  }

  private Found look(boolean deep) {
    Set<String> ids = new HashSet<>();
    List<JsonNode> found = new ArrayList<>();
    for (int page = 1; ; page++) {
      JsonNode body = api.get(query.page(proxy, page, PAGE)).body();
      int before = found.size();
      for (JsonNode line : body.path("resultList")) {
        if (!seen.contains(id(line)) && ids.add(id(line))) {
          found.add(line);
        }
      }
      boolean anyNew = found.size() > before;
      boolean missing = body.path("totalCount").asLong() > seen.size() + ids.size();
      if (body.path("resultList").size() < PAGE || !(anyNew || (deep && missing))) {
        found.sort(Comparator.comparing(NewRecords::time));
        return new Found(found, body.path("dropped").asLong());
      }
    }
  }

  private static String id(JsonNode line) {
    return line.path("id").asText();
  }

  private static Instant time(JsonNode line) {
    return Instant.parse(line.path("time").asText());
  }
}
