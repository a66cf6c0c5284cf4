package dev.intermission.filter;

import dev.intermission.api.BypassToken;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * A request as it passes with a response that is wrapped, or without its bypass token, which no one
 * but the gate gets to see.
 */
final class PassingRequest extends HttpServletRequestWrapper {

  private final HttpServletResponse response;
  private final boolean hidesToken;

  /**
   * Makes a request.
   *
   * @param response the one that passes together with the request
   */
  PassingRequest(HttpServletRequest request, HttpServletResponse response, boolean hidesToken) {
    super(request);
    this.response = response;
    this.hidesToken = hidesToken;
  }

  private boolean isToken(String name) {
    return hidesToken && name.equalsIgnoreCase(BypassToken.HEADER);
  }

  @Override
  public @Nullable String getHeader(String name) {
    return isToken(name) ? null : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return isToken(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return Collections.enumeration(
        Collections.list(super.getHeaderNames()).stream().filter(name -> !isToken(name)).toList());
  }

  @Override
  public long getDateHeader(String name) {
    return isToken(name) ? -1 : super.getDateHeader(name);
  }

  @Override
  public int getIntHeader(String name) {
    return isToken(name) ? -1 : super.getIntHeader(name);
  }

  /** Without this, what runs asynchronously would get the request below this one. */
  @Override
  public AsyncContext startAsync() {
    return startAsync(this, response);
  }
}
