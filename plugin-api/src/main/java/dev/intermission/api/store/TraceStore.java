package dev.intermission.api.store;

import dev.intermission.api.ProxyId;
import dev.intermission.api.trace.TraceLine;
import dev.intermission.api.trace.TraceReceiver;
import dev.intermission.api.trace.TraceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what gateways recorded, for a week and 1 GiB at most (contract section 12). Thread-safe.
 * Every method throws {@link StoreUnavailableException} when the store can't be reached or can't
 * write, having changed nothing.
 */
public interface TraceStore extends TraceReceiver {

  /** Returns a page of the proxy's records, newest first. */
  Page list(ProxyId proxy, Filter filter, int page, int size);

  /** Returns a record of the proxy. */
  Optional<Kept> record(ProxyId proxy, String id);

  /**
   * Deletes all records of the proxy, and forgets what was dropped. Nobody sees them any more when
   * this returns; of very many some stay in the database until the next {@link #prune}.
   *
   * @return how many there were
   */
  int delete(ProxyId proxy, Author author);

  /** Records in the audit that records of the proxy were read. */
  void read(ProxyId proxy, String detail, Author author);

  /** Deletes what is too old, and the oldest of what is too much; returns how many those were. */
  int prune();

  /**
   * Which records.
   *
   * @param from those that came at this time or later, null for all
   * @param to those that came before this time, null for all
   * @param environment those of this environment, null for all
   * @param status those with this status, null for all
   * @param minMillis those that took at least so long
   * @param path those whose path begins with this text
   */
  record Filter(
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable String environment,
      @Nullable Integer status,
      long minMillis,
      String path) {

    /** All records. */
    public static final Filter ALL = new Filter(null, null, null, null, 0, "");
  }

  /**
   * A record that is kept.
   *
   * @param environment the environment of the gateway that made it
   * @param node the name of that gateway
   * @param record the record
   */
  record Kept(String environment, String node, TraceRecord record) {}

  /**
   * A line of a list.
   *
   * @param environment the environment of the gateway that made the record
   * @param node the name of that gateway
   * @param line what the list tells
   */
  record KeptLine(String environment, String node, TraceLine line) {}

  /**
   * A page of a list.
   *
   * @param lines newest first
   * @param total how many records match, in all pages
   * @param dropped how many requests of the proxy were not recorded
   */
  record Page(List<KeptLine> lines, long total, long dropped) {

    public Page {
      lines = List.copyOf(lines);
    }
  }
}
