package dev.intermission.admin;

import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.LoggedChange;
import dev.intermission.admin.http.Reply;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.json.Excerpt;
import dev.intermission.runtime.FailureLog;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what became of each call: a line for each change, and for each change that was refused to
 * a known user. What anyone can cause who has no token is a line a minute, with the number of those
 * that were left out; DEBUG has all. Thread-safe.
 */
final class CallLog {

  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  private final Logger log = LoggerFactory.getLogger(AdminServlet.class);
  private final FailureLog refusalsOfUnknown = new FailureLog(log);
  private final FailureLog outages = new FailureLog(log);

  /** Writes what became of a call. */
  void ended(Call call, Reply reply) {
    reply.changes().forEach(change -> changed(call, change));
    if (!reply.changes().isEmpty()) {
      return;
    }
    if (READS.contains(call.method())) {
      debug(call, reply);
    } else if (call.isOfKnownUser()) {
      log.info("{}", outcome(call, reply));
    } else {
      debug(call, reply);
      refusalsOfUnknown.failed(outcome(call, reply), null);
    }
  }

  private void debug(Call call, Reply reply) {
    if (log.isDebugEnabled()) {
      log.debug("{}", outcome(call, reply));
    }
  }

  private static String outcome(Call call, Reply reply) {
    return String.format(
        Locale.ROOT,
        "%s%s %s by %s from %s: %d %s [%s]",
        call.isDryRun() ? "dry run of " : "",
        call.method(),
        Excerpt.of(call.path()),
        call.username(),
        call.address(),
        reply.status(),
        reply.note(),
        call.correlationId());
  }

  private void changed(Call call, LoggedChange change) {
    log.info(
        "{} by {} [{}] from {}{}",
        change.what(),
        call.username(),
        call.correlationId(),
        call.address(),
        change.remark().isEmpty() ? "" : ": " + change.remark());
  }

  /** Writes that the store could not be used; anyone can cause many such calls. */
  void outage(Call call, StoreUnavailableException outage) {
    outages.failed("[" + call.correlationId() + "] " + outage.getMessage(), outage);
  }

  /** Writes that the caller is gone who waited for an answer. */
  void brokenOff(Call call, IOException failure) {
    log.debug("[{}] The caller is gone", call.correlationId(), failure);
  }

  /** Writes a failure that the caller was told of with the correlation id. */
  void failed(Call call, String what, RuntimeException failure) {
    log.error("[{}] {}", call.correlationId(), what, failure);
  }
}
