package dev.intermission.gateway.client.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request to one admin node, once.
 *
 * <p>The JDK has two clients, and both are needed: {@link HttpURLConnection} is there in a tenth of
 * the time, which counts for {@code status}, but has no PATCH, and sends a POST again by itself.
 */
final class Wire {

  private static final Duration CONNECTING = Duration.ofSeconds(3);

  /** An admin node waits for gateways, and its store, before it answers a change. */
  private static final Duration ANSWERING = Duration.ofSeconds(60);

  /** An admin node sends an event each ten seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(25);

  /** A read waits for no gateway; where the next node may answer, there is no use in more. */
  private static final Duration READING_IN_HASTE = Duration.ofSeconds(8);

  private final @Nullable SSLContext tls;
  private final Duration reading;
  private @Nullable HttpClient client;

  /**
   * Makes it.
   *
   * @param tls what certificates are checked with, or null for what Java does
   */
  Wire(@Nullable SSLContext tls) {
    this(tls, ANSWERING);
  }

  private Wire(@Nullable SSLContext tls, Duration reading) {
    this.tls = tls;
    this.reading = reading;
  }

  /** Returns one that waits only a few seconds for the answer to a GET. */
  Wire inHaste() {
    return new Wire(tls, READING_IN_HASTE);
  }

  ApiAnswer send(URI node, ApiRequest request) throws NoAnswerException {
    URI target = target(node, request);
    return request.method().equals("GET") ? read(target, request) : change(target, request);
  }

  private static URI target(URI node, ApiRequest request) {
    return URI.create(node.toString().replaceAll("/+$", "") + request.path());
  }

  /**
   * Begins a stream of events.
   *
   * @throws CommandFailure if it is refused for another reason than the token
   */
  ServerEvents events(URI node, ApiRequest request) throws NoAnswerException, TokenEndedException {
    try {
      HttpURLConnection connection = open(target(node, request), request, SILENCE);
      if (connection.getResponseCode() == 200) {
        return new ServerEvents(connection.getInputStream());
      }
      ApiAnswer refusal = answer(connection);
      if (refusal.status() == 429 || refusal.status() >= 500) {
        throw new NoAnswerException(refusal.message(), true, null);
      }
      if (refusal.status() == 401) {
        throw new TokenEndedException(refusal.message());
      }
      ManagementApi.checked(refusal);
      throw new CommandFailure(Exit.FAILED, refusal.message());
    } catch (IOException e) {
      throw new NoAnswerException(reason(e), true, e);
    }
  }

  private ApiAnswer read(URI target, ApiRequest request) throws NoAnswerException {
    try {
      return answer(open(target, request, reading));
    } catch (IOException e) {
      throw new NoAnswerException(reason(e), true, e);
    }
  }

  private HttpURLConnection open(URI target, ApiRequest request, Duration silence)
      throws IOException {
    if (!(target.toURL().openConnection() instanceof HttpURLConnection connection)) {
      throw new CommandFailure(Exit.USAGE, target + " is no URL of HTTP");
    }
    if (tls != null && connection instanceof HttpsURLConnection https) {
      https.setSSLSocketFactory(tls.getSocketFactory());
    }
    connection.setConnectTimeout((int) CONNECTING.toMillis());
    connection.setReadTimeout((int) silence.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    request.fields().forEach(connection::setRequestProperty);
    return connection;
  }

  private static ApiAnswer answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    try (InputStream body =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return answer(
          status,
          body == null ? new byte[0] : body.readAllBytes(),
          connection.getHeaderField("ETag"),
          connection.getHeaderField("Date"),
          connection.getHeaderField("Retry-After"));
    }
  }

  private ApiAnswer change(URI target, ApiRequest request) throws NoAnswerException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(target)
            // A token is made in as much haste as what needs it.
            .timeout(request.repeatable() && request.method().equals("POST") ? reading : ANSWERING)
            .method(
                request.method(),
                request.body() == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.body(), UTF_8));
    request.fields().forEach(builder::header);
    try {
      HttpResponse<byte[]> response =
          client().send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
      return answer(
          response.statusCode(),
          response.body(),
          response.headers().firstValue("ETag").orElse(null),
          response.headers().firstValue("Date").orElse(null),
          response.headers().firstValue("Retry-After").orElse(null));
    } catch (ConnectException | HttpConnectTimeoutException | SSLHandshakeException e) {
      throw new NoAnswerException(reason(e), false, e);
    } catch (IOException e) {
      throw new NoAnswerException(reason(e), true, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException("It was interrupted", true, e);
    }
  }

  private synchronized HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      HttpClient.Builder builder =
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECTING);
      made = tls == null ? builder.build() : builder.sslContext(tls).build();
      client = made;
    }
    return made;
  }

  private static ApiAnswer answer(
      int status,
      byte[] body,
      @Nullable String tag,
      @Nullable String date,
      @Nullable String retryAfter) {
    return new ApiAnswer(
        status,
        body.length == 0 ? null : JsonBody.read(body),
        tag,
        date == null ? null : instant(date),
        retryAfter != null && retryAfter.matches("[0-9]{1,6}")
            ? Integer.valueOf(retryAfter)
            : null);
  }

  private static @Nullable Instant instant(String date) {
    try {
      return RFC_1123_DATE_TIME.parse(date, Instant::from);
    } catch (DateTimeException e) {
      return null; // Who needs the time takes that of this machine then.
    }
  }

  private static String reason(IOException e) {
    if (e instanceof SSLHandshakeException) {
      return "its certificate is not trusted ("
          + e.getMessage()
          + "); --ca names a file with its authority";
    }
    if (e instanceof ConnectException && e.getCause() instanceof UnresolvedAddressException) {
      return "its name is not known";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
