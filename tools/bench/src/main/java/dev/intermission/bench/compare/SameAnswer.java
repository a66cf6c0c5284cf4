package dev.intermission.bench.compare;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;

/**
 * Sees to it that contenders are compared that give the same answer: status, type, {@code
 * Cache-Control}, length and body. Spaces in a content type don't count: a servlet container has
 * its own way with them.
 */
final class SameAnswer {

  private static final Duration WITHIN = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(WITHIN).build();

  /**
   * @throws CompareException if the contender answers something else
   */
  void check(Contender contender, URI url) throws InterruptedException {
    String found = answer(url);
    String expected = expected(contender.isOpen() ? 200 : ReceivedAnswer.CLOSED);
    if (!found.equals(expected)) {
      throw new CompareException(
          String.format(
              Locale.ROOT,
              "%s does not answer as it must.%nExpected: %s%nFound:    %s",
              contender,
              expected,
              found));
    }
  }

  private static String expected(int status) {
    return text(
        status,
        ReceivedAnswer.CONTENT_TYPE,
        "no-store",
        Integer.toString(ReceivedAnswer.bytes().length),
        ReceivedAnswer.BODY);
  }

  private String answer(URI url) throws InterruptedException {
    try {
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(url).timeout(WITHIN).build(), BodyHandlers.ofString());
      return text(
          response.statusCode(),
          field(response, "Content-Type"),
          field(response, "Cache-Control"),
          field(response, "Content-Length"),
          response.body());
    } catch (IOException e) {
      throw new CompareException(url + " does not answer: " + e, e);
    }
  }

  private static String field(HttpResponse<?> response, String name) {
    return String.join(", ", response.headers().allValues(name));
  }

  private static String text(
      int status, String contentType, String cacheControl, String length, String body) {
    return String.format(
        Locale.ROOT,
        "%d, Content-Type: %s, Cache-Control: %s, Content-Length: %s, %s",
        status,
        contentType.replace(" ", "").toLowerCase(Locale.ROOT),
        cacheControl,
        length,
        body);
  }
}
