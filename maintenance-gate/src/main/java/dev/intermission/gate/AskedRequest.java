package dev.intermission.gate;

import dev.intermission.api.AdmissionSalt;
import dev.intermission.api.BypassToken;
import dev.intermission.api.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * A request while it is decided, with what exemptions ask of it; each is worked out when it is
 * asked for. For one thread.
 */
final class AskedRequest {

  private final RequestHead head;
  private final Lasting lasting;
  private boolean knowsClient;
  private @Nullable IpAddress client;
  private boolean knowsBypass;
  private @Nullable Bypass bypass;

  AskedRequest(RequestHead head, Lasting lasting) {
    this.head = head;
    this.lasting = lasting;
  }

  RequestHead head() {
    return head;
  }

  /** Returns the salt for what brings none. */
  AdmissionSalt ownSalt() {
    return lasting.ownSalt();
  }

  /** Returns the client's address, or null if it is not known. */
  @Nullable IpAddress client() {
    if (!knowsClient) {
      client = lasting.clients().of(head);
      knowsClient = true;
    }
    return client;
  }

  /** Returns what it shows to pass, or null if it shows nothing. */
  @Nullable Bypass bypass() {
    if (!knowsBypass) {
      String token = head.field(BypassToken.HEADER);
      bypass = token == null ? null : Bypass.of(token, lasting.answers().now());
      knowsBypass = true;
    }
    return bypass;
  }
}
