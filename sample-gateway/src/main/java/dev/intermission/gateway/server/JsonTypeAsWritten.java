package dev.intermission.gateway.server;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Sends the Content-Type of JSON answers in the spelling of the contract; Jetty's servlet layer
 * changes {@code UTF-8} to {@code utf-8}.
 */
public final class JsonTypeAsWritten extends Handler.Wrapper {

  private static final HttpField JSON =
      new HttpField(HttpHeader.CONTENT_TYPE, ErrorBody.CONTENT_TYPE);

  /** Takes what answers. */
  public JsonTypeAsWritten(Handler handler) {
    super(handler);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(request, new AsWritten(request, response), callback);
  }

  private static final class AsWritten extends Response.Wrapper {

    private final HttpFields.Mutable fields;

    AsWritten(Request request, Response response) {
      super(request, response);
      fields =
          new HttpFields.Mutable.Wrapper(response.getHeaders()) {
            @Override
            public HttpField onAddField(HttpField field) {
              return asWritten(field);
            }

            @Override
            public HttpField onReplaceField(HttpField before, HttpField field) {
              return asWritten(field);
            }
          };
    }

    private static HttpField asWritten(HttpField field) {
      return field.getHeader() == HttpHeader.CONTENT_TYPE
              && ErrorBody.CONTENT_TYPE.equalsIgnoreCase(field.getValue())
          ? JSON
          : field;
    }

    @Override
    public HttpFields.Mutable getHeaders() {
      return fields;
    }
  }
}
