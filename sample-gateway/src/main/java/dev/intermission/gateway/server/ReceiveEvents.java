package dev.intermission.gateway.server;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.EventsHandler;
import org.jspecify.annotations.Nullable;

/** Reports the progress of each request to the deadlines. */
final class ReceiveEvents extends EventsHandler {

  private final ReceiveDeadlines deadlines;

  ReceiveEvents(ReceiveDeadlines deadlines) {
    this.deadlines = deadlines;
  }

  @Override
  protected void onBeforeHandling(Request request) {
    deadlines.headReceived(connection(request), request.getLength() != 0);
  }

  @Override
  protected void onRequestRead(Request request, Content.@Nullable Chunk chunk) {
    if (chunk != null && chunk.isLast()) {
      deadlines.bodyReceived(connection(request));
    }
  }

  @Override
  protected void onComplete(
      Request request, int status, HttpFields headers, @Nullable Throwable failure) {
    deadlines.bodyReceived(connection(request));
  }

  private static Connection connection(Request request) {
    return request.getConnectionMetaData().getConnection();
  }
}
