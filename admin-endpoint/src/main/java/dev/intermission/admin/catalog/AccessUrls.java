package dev.intermission.admin.catalog;

import java.net.URI;
import java.util.Map;

/** Where clients reach the gateways of each environment. */
public final class AccessUrls {

  private final Map<String, URI> urls;

  /** Takes those that are known, by the name of the environment. */
  public AccessUrls(Map<String, URI> urls) {
    this.urls = Map.copyOf(urls);
  }

  /** Returns the URL without a slash at its end, or an empty text if it is not known. */
  String of(String environment) {
    URI url = urls.get(environment);
    return url == null ? "" : url.toString().replaceFirst("/+$", "");
  }
}
