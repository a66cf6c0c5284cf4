package dev.intermission.api.store;

import dev.intermission.api.ProxyId;
import java.util.List;

/**
 * What was changed by whom; the oldest entries beyond a number that the store is given are dropped.
 * Thread-safe. Every method throws {@link StoreUnavailableException} when the store can't be
 * reached.
 */
public interface AuditLog {

  /** Returns the newest entries, the newest first. */
  List<AuditEntry> entries(int limit);

  /** Returns the newest entries about the proxy, the newest first. */
  List<AuditEntry> entries(ProxyId id, int limit);
}
