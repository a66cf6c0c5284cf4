package dev.intermission.api.store;

import dev.intermission.api.ProxyId;
import java.util.List;

/**
 * Records of who changed what. The store keeps a configured number of entries and drops the oldest
 * ones beyond it. Thread-safe. Every method throws {@link StoreUnavailableException} when the store
 * can't be reached.
 */
public interface AuditLog {

  /** Returns the newest entries, the newest first. */
  List<AuditEntry> entries(int limit);

  /** Returns the newest entries about the proxy, the newest first. */
  List<AuditEntry> entries(ProxyId id, int limit);
}
