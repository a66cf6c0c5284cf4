package dev.intermission.gate;

import dev.intermission.api.AddressRange;
import dev.intermission.api.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who a request comes from: who is at the other end of its connection, or, if that is a
 * trusted proxy, the last one before it that is none (contract section 3). Immutable.
 */
final class Clients {

  private static final String X_FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED = "Forwarded";

  private final AddressSet trusted;

  Clients(List<AddressRange> trustedProxies) {
    trusted = new AddressSet(trustedProxies);
  }

  /** Returns the address of a request's client, or null if it is not known for sure. */
  @Nullable IpAddress of(RequestHead request) {
    IpAddress connection = request.address();
    if (connection == null || !trusted.contains(connection)) {
      return connection;
    }
    String listed = request.field(X_FORWARDED_FOR);
    String forwarded = request.field(FORWARDED);
    if (listed == null) {
      return forwarded == null ? connection : last(ForwardedFor.elements(forwarded));
    }
    IpAddress client = last(ForwardedFor.listed(listed));
    // A proxy may add to one of the fields and pass the other on as the client has made it up.
    boolean contradicts =
        client != null
            && forwarded != null
            && !client.equals(last(ForwardedFor.elements(forwarded)));
    return contradicts ? null : client;
  }

  /** Returns the last address that is no trusted proxy's, or the first one if all are. */
  private @Nullable IpAddress last(List<@Nullable IpAddress> addresses) {
    for (int i = addresses.size() - 1; i > 0; i--) {
      IpAddress address = addresses.get(i);
      if (address == null || !trusted.contains(address)) {
        return address;
      }
    }
    return addresses.get(0);
  }
}
