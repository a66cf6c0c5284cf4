package dev.intermission.gateway.proxy;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The words behind a status. Jetty writes its own; an upstream's may say more. */
final class ReasonPhrase extends HttpStream.Wrapper {

  private final String reason;

  private ReasonPhrase(HttpStream stream, String reason) {
    super(stream);
    this.reason = reason;
  }

  /** Lets the head of a client's response have this phrase, where the protocol has phrases. */
  static void keep(Incoming client, int status, @Nullable String reason) {
    if (client.version() != HttpVersion.HTTP_2
        && reason != null
        && !reason.equals(HttpStatus.getMessage(status))) {
      client.request().addHttpStreamWrapper(stream -> new ReasonPhrase(stream, reason));
    }
  }

  @Override
  public void send(
      MetaData.Request request,
      MetaData.@Nullable Response response,
      boolean last,
      ByteBuffer content,
      Callback callback) {
    super.send(request, response == null ? null : with(response), last, content, callback);
  }

  private MetaData.Response with(MetaData.Response response) {
    return HttpStatus.isInterim(response.getStatus())
        ? response
        : new MetaData.Response(
            response.getStatus(),
            reason,
            response.getHttpVersion(),
            response.getHttpFields(),
            response.getContentLength(),
            response.getTrailersSupplier());
  }
}
