package dev.intermission.gateway.proxy;

import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.client.transport.ResponseListeners;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.Promise;

/**
 * Takes every interim response of an upstream, known or not and any number of them, hands it on,
 * and lets the client wait for the final one (RFC 9110 section 15.2). Jetty's own handlers know
 * only the first 100, 102 and 103; after any other its client never ends the exchange.
 */
final class InterimResponses implements ProtocolHandler {

  @Override
  public String getName() {
    return "interim";
  }

  @Override
  public boolean accept(Request request, Response response) {
    return HttpStatus.isInterim(response.getStatus());
  }

  @Override
  public Response.Listener getResponseListener() {
    return new Interim();
  }

  /** Sees one interim response, in place of the exchange's own listeners. */
  private static final class Interim implements Response.Listener {

    @Override
    public void onSuccess(Response response) {
      HttpExchange exchange = exchange(response);
      int status = response.getStatus();
      HttpFields fields = HttpFields.build(response.getHeaders()).asImmutable();
      exchange.getConversation().updateResponseListeners(null);
      exchange.resetResponse();
      // An abort since the end of this response has found nothing to abort, and left its cause.
      Throwable aborted = response.getRequest().getAbortCause();
      if (aborted != null) {
        exchange.abort(aborted, Promise.noop());
      } else if (exchange.getRequest() instanceof UpstreamRequest request) {
        request.interim(status, fields);
      }
    }

    @Override
    public void onFailure(Response response, Throwable failure) {
      listeners(response).notifyFailure(response, failure);
    }

    @Override
    public void onComplete(Result result) {
      listeners(result.getResponse()).notifyComplete(result);
    }

    private static ResponseListeners listeners(Response response) {
      return exchange(response).getResponseListeners();
    }

    private static HttpExchange exchange(Response response) {
      // The gateway follows no redirects and answers no challenges: there is one exchange.
      return ((HttpRequest) response.getRequest()).getConversation().getExchanges().getLast();
    }
  }
}
