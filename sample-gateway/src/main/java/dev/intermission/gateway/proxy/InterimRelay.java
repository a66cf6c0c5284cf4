package dev.intermission.gateway.proxy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands interim responses on to a client (RFC 9110 section 15.2), one after the other. Not 100: the
 * gateway answers expectations itself. Clients of HTTP/1.0 know none. Where a client takes them too
 * slowly, some are left out; they are hints.
 */
final class InterimRelay {

  private static final Logger LOG = LoggerFactory.getLogger(InterimRelay.class);
  private static final int MOST_WAITING = 16;

  private final Incoming client;
  private final AtomicInteger waiting = new AtomicInteger();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  InterimRelay(Incoming client) {
    this.client = client;
  }

  /** Hands one on; called by one thread at a time. */
  void relay(int status, HttpFields fields) {
    if (status == HttpStatus.CONTINUE_100
        || client.version() == HttpVersion.HTTP_1_0
        || waiting.get() >= MOST_WAITING) {
      return;
    }
    waiting.incrementAndGet();
    last =
        last.thenCompose(before -> client.response().writeInterim(status, endToEnd(fields)))
            .handle(
                (sent, failure) -> {
                  waiting.decrementAndGet();
                  if (failure != null) {
                    LOG.debug("An interim response can't be handed on", failure);
                  }
                  return null;
                });
  }

  private static HttpFields endToEnd(HttpFields fields) {
    HopByHop dropped = HopByHop.of(fields);
    HttpFields.Mutable kept = HttpFields.build();
    for (HttpField field : fields) {
      if (!dropped.contains(field)) {
        kept.add(field);
      }
    }
    return kept;
  }
}
