package dev.intermission.api.trafficlog;

/** How {@link PrivacyOperation#MASK} hides a value. */
public enum MaskMode {
  /** A fixed text takes its place, so that nothing of it is told, not even its length. */
  FIXED,
  /** The first characters stay. */
  KEEP_FIRST,
  /** The last characters stay. */
  KEEP_LAST,
  /** The first characters are masked, and the others stay. */
  MASK_FIRST
}
