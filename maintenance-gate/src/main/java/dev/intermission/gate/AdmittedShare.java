package dev.intermission.gate;

import dev.intermission.api.AdmissionSalt;
import dev.intermission.api.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Which clients pass while an API is closed to the others: a share of them, and always the same. A
 * larger share has all of a smaller one. Immutable.
 */
final class AdmittedShare {

  private static final int ALL = 100;

  /** One client has that many addresses of IPv6, and may change them each day (RFC 8981). */
  private static final int BITS_OF_IPV6 = 64;

  private final int percent;
  private final @Nullable String field;
  private final @Nullable AdmissionSalt salt;

  /**
   * @param field the request field that tells clients apart; null for their addresses
   * @param salt null for the gate's own
   */
  AdmittedShare(int percent, @Nullable String field, @Nullable AdmissionSalt salt) {
    this.percent = percent;
    this.field = field;
    this.salt = salt;
  }

  /** Returns whether a request's client belongs to the share; one that is not known does not. */
  boolean admits(AskedRequest request) {
    AdmissionSalt key = salt == null ? request.ownSalt() : salt;
    String value = field == null ? null : request.head().field(field);
    if (value != null && !value.isBlank()) {
      return admits(SipHash.of(key, value.strip()));
    }
    IpAddress client = request.client();
    if (client == null) {
      return false;
    }
    IpAddress one = client.isIpv4() ? client : client.network(BITS_OF_IPV6);
    return admits(SipHash.of(key, one.high(), one.low()));
  }

  private boolean admits(long hash) {
    return Long.remainderUnsigned(hash, ALL) < percent;
  }
}
