package dev.intermission.load;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * The request that is sent, to each of the URLs in turn.
 *
 * @param urls absolute http or https URLs, at least one
 * @param body sent as UTF-8 if there is one
 */
record Target(List<URI> urls, String method, HttpFields fields, @Nullable String body) {

  Target {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("there is no URL");
    }
  }

  /** Returns the number-th request, ready to be sent. */
  Request request(HttpClient client, long number) {
    URI url = urls.get((int) (number % urls.size()));
    Request request = client.newRequest(url).method(method);
    if (fields.size() > 0) {
      request.headers(headers -> headers.add(fields));
    }
    if (body != null) {
      request.body(
          new BytesRequestContent(
              fields.get("Content-Type"), body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
    return request;
  }

  @Override
  public String toString() {
    String more = urls.size() == 1 ? "" : " and " + (urls.size() - 1) + " more";
    return String.format(Locale.ROOT, "%s %s%s", method, urls.get(0), more);
  }
}
