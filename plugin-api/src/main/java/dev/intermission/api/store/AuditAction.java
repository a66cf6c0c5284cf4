package dev.intermission.api.store;

/** The kinds of changes that an {@link AuditEntry} records. */
public enum AuditAction {
  /** Settings were saved that differ from those before. */
  SETTINGS_CHANGED,
  /** The settings of an older deployment were saved again. */
  ROLLED_BACK,
  /** Settings were put in force in an environment. */
  DEPLOYED,
  /** A proxy was taken out of an environment. */
  UNDEPLOYED,
  /** A record of the history was deleted. */
  HISTORY_DELETED,
  /** A catalog was applied, as it is at each start of an admin node. */
  CATALOG_APPLIED,
  /** An access token was made or replaced. */
  TOKEN_CREATED,
  /** An access token was revoked. */
  TOKEN_REVOKED,
  /** A bypass token of a proxy was made. */
  BYPASS_TOKEN_CREATED,
  /** A bypass token of a proxy was revoked before it expired. */
  BYPASS_TOKEN_REVOKED,
  /** What of a proxy's traffic is logged in an environment was changed. */
  TRAFFIC_LOG_CHANGED,
  /** The trace settings of a proxy were changed. */
  TRACE_CHANGED,
  /** Records of a proxy's requests were read. */
  TRACE_READ,
  /** The records of a proxy's requests were deleted. */
  TRACES_DELETED,
  /** Something that only a newer version of the program does; the detail begins with its name. */
  UNKNOWN
}
