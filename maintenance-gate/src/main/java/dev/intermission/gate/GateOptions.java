package dev.intermission.gate;

import dev.intermission.api.AddressRange;
import dev.intermission.api.AdmissionSalt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link Gate}.
 *
 * @param answerCacheBytes how many bytes of prepared answers are kept, at least 0; an answer that
 *     was evicted is prepared again when it is asked for
 * @param beforeFirstSnapshot what happens to a request as long as the gate knows nothing
 * @param trustedProxies the addresses of proxies before the server whose {@code X-Forwarded-For} or
 *     {@code Forwarded} tells the address of a client; where there are none, it is that of the
 *     connection
 * @param admissionSalt decides which clients an admitted share is made of where the snapshot brings
 *     no salt; gates with the same one admit the same clients. Null for a random one of each gate
 */
public record GateOptions(
    long answerCacheBytes,
    BeforeFirstSnapshot beforeFirstSnapshot,
    List<AddressRange> trustedProxies,
    @Nullable AdmissionSalt admissionSalt) {

  private static final long ANSWER_CACHE_BYTES = 64L << 20;

  /**
   * For snapshots that the application publishes by itself: keeps 64 MiB of answers, and lets
   * requests pass until the first snapshot is published.
   */
  public static final GateOptions DEFAULTS =
      new GateOptions(ANSWER_CACHE_BYTES, BeforeFirstSnapshot.PASS, List.of(), null);

  /**
   * For a gate that follows a feed: keeps 64 MiB of answers, and refuses requests until the first
   * snapshot has arrived. Otherwise a restart would open closed APIs for that time.
   */
  public static final GateOptions FOR_FEED =
      new GateOptions(ANSWER_CACHE_BYTES, BeforeFirstSnapshot.REFUSE, List.of(), null);

  /** What a gate does with requests as long as no snapshot was published. */
  public enum BeforeFirstSnapshot {
    /** Every request passes. */
    PASS,
    /** Every request is answered with the status 503 and {@code Retry-After: 1}. */
    REFUSE
  }

  /**
   * @throws IllegalArgumentException if the size is negative
   */
  public GateOptions {
    if (answerCacheBytes < 0) {
      throw new IllegalArgumentException(
          "answerCacheBytes is " + answerCacheBytes + ", allowed are 0 and more");
    }
    trustedProxies = List.copyOf(trustedProxies);
  }

  /**
   * Returns these options with another size of the cache.
   *
   * @throws IllegalArgumentException if the size is negative
   */
  public GateOptions withAnswerCacheBytes(long bytes) {
    return new GateOptions(bytes, beforeFirstSnapshot, trustedProxies, admissionSalt);
  }

  /** Returns these options with another behaviour before the first snapshot. */
  public GateOptions withBeforeFirstSnapshot(BeforeFirstSnapshot behaviour) {
    return new GateOptions(answerCacheBytes, behaviour, trustedProxies, admissionSalt);
  }

  /** Returns these options with other trusted proxies. */
  public GateOptions withTrustedProxies(List<AddressRange> proxies) {
    return new GateOptions(answerCacheBytes, beforeFirstSnapshot, proxies, admissionSalt);
  }

  /** Returns these options with a salt. */
  public GateOptions withAdmissionSalt(AdmissionSalt salt) {
    return new GateOptions(answerCacheBytes, beforeFirstSnapshot, trustedProxies, salt);
  }
}
