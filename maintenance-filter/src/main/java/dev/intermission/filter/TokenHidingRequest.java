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
 * A request as it passes: its bypass token is the gate's affair, and no one else gets to see it.
 */
final class TokenHidingRequest extends HttpServletRequestWrapper {

  private final HttpServletResponse response;

  /** Takes the response that passes together with the request. */
  TokenHidingRequest(HttpServletRequest request, HttpServletResponse response) {
    super(request);
    this.response = response;
  }

  private static boolean isToken(String name) {
    return name.equalsIgnoreCase(BypassToken.HEADER);
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
