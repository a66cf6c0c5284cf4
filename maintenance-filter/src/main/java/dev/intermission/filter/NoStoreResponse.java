package dev.intermission.filter;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/** A response that no cache keeps, whatever is said behind the filter. */
final class NoStoreResponse extends HttpServletResponseWrapper {

  private static final String CACHE_CONTROL = "Cache-Control";

  NoStoreResponse(HttpServletResponse response) {
    super(response);
    forbidStoring();
  }

  private void forbidStoring() {
    super.setHeader(CACHE_CONTROL, "no-store");
  }

  @Override
  public void setHeader(String name, String value) {
    if (!name.equalsIgnoreCase(CACHE_CONTROL)) {
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (!name.equalsIgnoreCase(CACHE_CONTROL)) {
      super.addHeader(name, value);
    }
  }

  @Override
  public void reset() {
    super.reset();
    forbidStoring();
  }
}
