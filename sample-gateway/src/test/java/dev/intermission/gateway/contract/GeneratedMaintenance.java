package dev.intermission.gateway.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Settings, and requests to a proxy with the path {@code /my api}, by chance. */
final class GeneratedMaintenance {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Integer> STATUSES =
      List.of(503, 503, 403, 200, 206, 302, 401, 404, 405, 407, 416, 426, 429, 500, 599);
  private static final List<String> TYPES =
      List.of(
          "text/plain",
          "application/json; charset=utf-8",
          "application/json",
          "text/html;charset=iso-8859-1",
          "Text/Plain; charset=utf-16",
          "text/xml; charset=utf-8");
  private static final List<String> PLAIN =
      List.of("", "closed", "caf\u00e9", "#FAULTCODE# #FAULTSTATUSCODE#");
  private static final List<String> MESSAGES =
      List.of("{\"id\":\"#CORRELATIONID#\",\"why\":\"#FAULTMESSAGE#\"}", "until #ENDSAT#");
  private static final List<String> ORIGINS =
      List.of("https://shop.example", "https://other.example", "null");

  private GeneratedMaintenance() {}

  /**
   * A request that is described to a dry run, and sent.
   *
   * @param path as it stands in the target
   */
  record Asked(
      String method,
      String path,
      @Nullable String accept,
      @Nullable String origin,
      @Nullable String correlationId) {

    /** Returns what a dry run says of it. */
    String query() {
      return "&method="
          + method
          + "&path="
          + encoded(path)
          + (accept == null ? "" : "&accept=" + encoded(accept))
          + (origin == null ? "" : "&origin=" + encoded(origin))
          + "&address=127.0.0.1";
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, UTF_8);
    }

    /** Returns the lines of its head. */
    String[] head() {
      List<String> lines = new ArrayList<>();
      lines.add(method + " " + path + " HTTP/1.1");
      lines.add("Host: localhost");
      add(lines, "Accept", accept);
      add(lines, "Origin", origin);
      add(lines, "X-Correlation-Id", correlationId);
      return lines.toArray(String[]::new);
    }

    private static void add(List<String> lines, String name, @Nullable String value) {
      if (value != null) {
        lines.add(name + ": " + value);
      }
    }
  }

  static Asked request(Random random) {
    return new Asked(
        one(random, List.of("GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "BREW")),
        one(random, List.of("/my%20api", "/my%20api/orders", "/my%20api//a/../b", "/my%20api/%2f")),
        maybe(
            random,
            one(
                random,
                List.of(
                    "*/*",
                    "text/html, application/json;q=0.5",
                    "application/problem+json",
                    "text/xml",
                    "image/png",
                    ""))),
        maybe(random, one(random, ORIGINS)),
        maybe(random, "my-" + random.nextInt(1000)));
  }

  private static @Nullable String maybe(Random random, String value) {
    return random.nextBoolean() ? value : null;
  }

  /** Returns a merge patch that sets every field, and deploys it to production. */
  static String settings(Random random) {
    ObjectNode settings = JSON.createObjectNode();
    settings.put("enabled", random.nextInt(10) > 0);
    settings.put("httpStatusCode", one(random, STATUSES));
    form(settings, random);
    window(settings, random);
    if (random.nextBoolean()) {
      settings.put("retryAfterSeconds", 1 + random.nextInt(9_000));
    } else {
      settings.putNull("retryAfterSeconds");
    }
    settings.put("retrySpreadSeconds", 0);
    headers(settings.putArray("headers"), random);
    variants(settings.putArray("variants"), random);
    origins(settings, random);
    exemptions(settings, random);
    settings.put("deploy", true);
    settings.putArray("deployTargetEnvironmentNameList").add("production");
    return settings.toString();
  }

  /** Puts a type and a message that its charset has. */
  private static void form(ObjectNode form, Random random) {
    String type = one(random, TYPES);
    List<String> messages = new ArrayList<>(PLAIN);
    if (!type.contains("utf-16")) {
      messages.addAll(MESSAGES);
    }
    form.put("contentType", type);
    form.put("message", one(random, messages));
  }

  /** The end is so far away that the seconds until then have at least five digits. */
  private static void window(ObjectNode settings, Random random) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    settings.putNull("startsAt");
    settings.putNull("endsAt");
    settings.put("reopenAtEnd", false);
    switch (random.nextInt(6)) {
      case 0 -> settings.put("endsAt", now.plus(Duration.ofDays(2)).toString());
      case 1 -> {
        settings.put("startsAt", now.minus(Duration.ofDays(1)).toString());
        settings.put("endsAt", now.plus(Duration.ofDays(2)).toString());
        settings.put("reopenAtEnd", true);
      }
      case 2 -> settings.put("startsAt", now.plus(Duration.ofDays(1)).toString());
      default -> settings.put("reopenAtEnd", random.nextBoolean());
    }
  }

  private static void headers(ArrayNode headers, Random random) {
    for (int i = random.nextInt(3); i > 0; i--) {
      headers.addObject().put("name", "X-Own-" + i).put("value", one(random, PLAIN.subList(0, 2)));
    }
  }

  private static void variants(ArrayNode variants, Random random) {
    if (random.nextBoolean()) {
      return;
    }
    variants.addObject().put("contentType", "application/problem+json");
    variants
        .addObject()
        .put("contentType", "text/xml; charset=utf-8")
        .put("message", "<a>#FAULTMESSAGE#</a>")
        .put("httpStatusCode", one(random, STATUSES));
  }

  private static void origins(ObjectNode settings, Random random) {
    ArrayNode origins = settings.putArray("corsAllowedOrigins");
    int kind = random.nextInt(3);
    if (kind > 0) {
      origins.add(kind == 1 ? "*" : ORIGINS.get(0));
    }
    settings.put("corsAllowCredentials", kind == 2 && random.nextBoolean());
  }

  private static void exemptions(ObjectNode settings, Random random) {
    ArrayNode methods = settings.putArray("closedMethods");
    ArrayNode paths = settings.putArray("openPaths");
    ArrayNode addresses = settings.putArray("openToAddresses");
    switch (random.nextInt(8)) {
      case 0 -> methods.add("POST").add("PUT").add("DELETE");
      case 1 -> paths.add("/orders");
      case 2 -> addresses.add("192.0.2.0/24");
      case 3 -> addresses.add("127.0.0.0/8");
      case 4 -> methods.add("GET").add("HEAD").add("OPTIONS").add("POST");
      default -> {
        // No exemption.
      }
    }
  }

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
