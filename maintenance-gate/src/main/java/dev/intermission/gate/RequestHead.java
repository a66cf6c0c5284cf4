package dev.intermission.gate;

import dev.intermission.api.IpAddress;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a decision or the form of an answer may depend on in a request, beside host and path. A
 * front passes each request as one to {@link ServedSnapshot#decide} and {@link Answer#to}, which
 * ask for no more than they need.
 */
public interface RequestHead {

  /** Returns the method, as it was sent. */
  String method();

  /** Returns the query of the request target, as it was sent, or null if there is none. */
  @Nullable String query();

  /**
   * Returns the address at the other end of the connection, or null if it is none of IP, or not
   * known.
   */
  @Nullable IpAddress address();

  /** Returns the {@code Content-Type}, or null if there is none. */
  @Nullable String contentType();

  /**
   * Returns the value of a field, or null if there is none. Several lines of it are one value with
   * {@code ", "} between them (RFC 9110 section 5.3).
   *
   * @param name in any case
   */
  @Nullable String field(String name);

  /** Shows a reader the name and value of each field line. */
  void eachField(BiConsumer<String, String> reader);
}
