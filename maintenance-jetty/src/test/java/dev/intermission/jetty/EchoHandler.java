package dev.intermission.jetty;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Reads a request's body with blocking reads, and answers the method and that body. */
final class EchoHandler extends Handler.Abstract {

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String body = Content.Source.asString(request);
    Content.Sink.write(response, true, request.getMethod() + " " + body, callback);
    return true;
  }
}
