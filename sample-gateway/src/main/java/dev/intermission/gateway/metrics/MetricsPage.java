package dev.intermission.gateway.metrics;

import dev.intermission.gateway.server.ReadOnly;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Answers GET and HEAD of {@value #PATH} with all meters, as OpenMetrics text. */
public final class MetricsPage extends Handler.Abstract {

  /** Where it answers. */
  public static final String PATH = "/metrics";

  private final GatewayMetrics metrics;
  private final Access access;

  /** Decides who may read the meters. */
  public interface Access {

    /** Lets everybody in. */
    Access OPEN = request -> HttpStatus.OK_200;

    /** Returns 200, or the status of the refusal. */
    int check(Request request);
  }

  /** Makes the page of these meters. */
  public MetricsPage(GatewayMetrics metrics, Access access) {
    this.metrics = metrics;
    this.access = access;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!Request.getPathInContext(request).equals(PATH)) {
      return false;
    }
    if (ReadOnly.refuses(request, response, callback)) {
      return true;
    }
    int status = access.check(request);
    if (status != HttpStatus.OK_200) {
      if (status == HttpStatus.UNAUTHORIZED_401) {
        response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
      }
      Response.writeError(request, response, callback, status);
      return true;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, GatewayMetrics.CONTENT_TYPE);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, BufferUtil.toBuffer(metrics.text(), StandardCharsets.UTF_8), callback);
    return true;
  }
}
