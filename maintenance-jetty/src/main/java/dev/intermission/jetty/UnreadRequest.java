package dev.intermission.jetty;

import dev.intermission.gate.UnreadBody;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Completes requests whose response is ready before their body was read, so that clients get to see
 * the response: what still comes is dropped for a while, and the connection closed where that is
 * cheaper. None of this blocks.
 */
public final class UnreadRequest {

  private UnreadRequest() {}

  /**
   * Returns the callback for the last write of a response to a request of which nothing was read.
   *
   * @param fields the response's, not sent yet; they get a {@code Connection: close} if need be
   * @param callback the request's, which is completed in the end
   */
  public static Callback completion(Request request, HttpFields.Mutable fields, Callback callback) {
    boolean multiplexed = isMultiplexed(request);
    UnreadBody unread = unreadOf(request, multiplexed);
    if (unread == UnreadBody.LARGE && !multiplexed) {
      // Added, since the response may have a Connection field of its own.
      fields.add(HttpFields.CONNECTION_CLOSE);
    }
    return unread == UnreadBody.NONE
        ? callback
        : new RequestDrain(request, unread, multiplexed, callback);
  }

  /**
   * Drops the rest of a request that was read in part and has its response, and completes it. There
   * must be no demand for its content.
   */
  public static void completePartlyRead(Request request, Callback callback) {
    boolean multiplexed = isMultiplexed(request);
    UnreadBody rest = multiplexed ? UnreadBody.SMALL : UnreadBody.LARGE;
    new RequestDrain(request, rest, multiplexed, callback).succeeded();
  }

  private static boolean isMultiplexed(Request request) {
    HttpVersion version = request.getConnectionMetaData().getHttpVersion();
    return version.getVersion() >= HttpVersion.HTTP_2.getVersion();
  }

  private static UnreadBody unreadOf(Request request, boolean multiplexed) {
    long length = request.getLength();
    // What follows a CONNECT is no content (RFC 9110 section 9.3.6), and Jetty never delivers it.
    if (length == 0 || HttpMethod.CONNECT.is(request.getMethod())) {
      return UnreadBody.NONE;
    }
    if (multiplexed && length < 0) {
      return isAtItsEnd(request) ? UnreadBody.NONE : UnreadBody.SMALL;
    }
    HttpFields fields = request.getHeaders();
    boolean chunked = length < 0 && fields.contains(HttpHeader.TRANSFER_ENCODING);
    boolean expects = (length > 0 || chunked) && fields.contains(HttpHeader.EXPECT);
    UnreadBody unread = UnreadBody.of(length, chunked, expects);
    return multiplexed && unread == UnreadBody.NONE ? UnreadBody.LARGE : unread;
  }

  private static boolean isAtItsEnd(Request request) {
    Content.Chunk chunk = request.read();
    if (chunk == null) {
      return false;
    }
    chunk.release();
    return chunk.isLast();
  }
}
