package dev.intermission.gateway.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.intermission.admin.openapi.DescribedAnswers;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.config.Front;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The response that a dry run shows is the one that the gateway sends after the real call, byte for
 * byte, for generated settings and requests.
 */
class ForetoldResponseTest {

  private static final long SEED = 15_07_2026;
  private static final String UUIDS = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String FROM_UPSTREAM = "X-From-Upstream";
  private static final String MODE =
      "/apiops/projects/MyProject/apiProxies/MyAPI/settings/maintenance-mode/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();

  @ParameterizedTest
  @EnumSource(Front.class)
  void someResponsesAreThoseThatWereForetold(Front front, @TempDir Path folder) throws Exception {
    compare(front, folder, SEED, 30);
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @EnumSource(Front.class)
  void responsesAreThoseThatWereForetold(Front front, @TempDir Path folder) throws Exception {
    compare(front, folder, SEED + 1, 2_000);
  }

  private void compare(Front front, Path folder, long seed, int count) throws Exception {
    Random random = new Random(seed);
    HttpServer upstream =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set(FROM_UPSTREAM, "yes");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    upstream.start();
    String address = "http://127.0.0.1:" + upstream.getAddress().getPort();
    int answered = 0;
    try (RunningGateway gateway =
        RunningGateway.start(
            RunningGateway.behind(
                front,
                RunningGateway.config(
                    folder, RunningGateway.proxy("MyAPI", "/my api", address))))) {
      for (int i = 0; i < count; i++) {
        String settings = GeneratedMaintenance.settings(random);
        List<GeneratedMaintenance.Asked> requests = new ArrayList<>();
        List<JsonNode> foretold = new ArrayList<>();
        for (int j = 0; j < 4; j++) {
          GeneratedMaintenance.Asked asked = GeneratedMaintenance.request(random);
          requests.add(asked);
          foretold.add(patch(gateway, "?dryRun=true" + asked.query(), asked, settings));
        }
        patch(gateway, "", requests.get(0), settings);
        for (int j = 0; j < requests.size(); j++) {
          String which = "seed %d, round %d, %s, %s".formatted(seed, i, settings, requests.get(j));
          answered += assertSent(gateway, requests.get(j), foretold.get(j), which);
        }
      }
    } finally {
      upstream.stop(0);
    }
    assertThat(answered).isGreaterThan(count / 2);
  }

  private JsonNode patch(
      RunningGateway gateway, String query, GeneratedMaintenance.Asked asked, String settings)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + MODE + query))
            .header("Authorization", "Bearer " + RunningGateway.ADMIN_TOKEN)
            .header("Content-Type", "application/merge-patch+json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(settings));
    if (asked.correlationId() != null) {
      request.header("X-Correlation-Id", asked.correlationId());
    }
    HttpResponse<String> answer =
        DescribedAnswers.assertDescribed(
            client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    assertThat(answer.statusCode()).as("%s: %s", settings, answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  /** Returns 1 if the request was answered by the gate, otherwise 0. */
  private static int assertSent(
      RunningGateway gateway, GeneratedMaintenance.Asked asked, JsonNode foretold, String which)
      throws IOException {
    try (Peer peer = Peer.connect(gateway.trafficPort())) {
      Peer.Head head = peer.sendHead(asked.head()).readHead();
      if (foretold.path("passes").asBoolean()) {
        assertThat(head.values(FROM_UPSTREAM)).as(which).containsExactly("yes");
        return 0;
      }
      JsonNode response = foretold.path("response");
      assertThat(head.values(FROM_UPSTREAM)).as(which).isEmpty();
      assertThat(head.status()).as(which).isEqualTo(response.path("status").asInt());
      assertThat(comparable(head.fields())).as(which).isEqualTo(comparable(fields(response)));
      boolean isEmpty = asked.method().equals("HEAD") || head.values("Content-Length").isEmpty();
      String body = isEmpty ? "" : peer.readBody(head);
      assertThat(body.replaceAll(UUIDS, "UUID"))
          .as(which)
          .isEqualTo(new String(body(response), ISO_8859_1).replaceAll(UUIDS, "UUID"));
      return 1;
    }
  }

  private static List<String> fields(JsonNode response) {
    List<String> fields = new ArrayList<>();
    response
        .path("fields")
        .forEach(
            field -> fields.add(field.path("name").asText() + ": " + field.path("value").asText()));
    return fields;
  }

  /** The time, and what is made anew for each response, can't be the same. */
  private static List<String> comparable(List<String> fields) {
    return fields.stream()
        .filter(field -> !field.startsWith("Date:"))
        .map(field -> field.replaceAll(UUIDS, "UUID"))
        .map(field -> field.replaceFirst("^Retry-After: [1-9][0-9]{4,}$", "Retry-After: later"))
        .toList();
  }

  private static byte[] body(JsonNode response) {
    if (response.has("bodyBase64")) {
      return Base64.getDecoder().decode(response.path("bodyBase64").asText());
    }
    String text = response.path("body").asText();
    String type = fields(response).stream().findFirst().orElse("");
    int charset = type.indexOf("charset=");
    return text.getBytes(
        charset < 0 || !type.startsWith("Content-Type:")
            ? UTF_8
            : Charset.forName(type.substring(charset + "charset=".length())));
  }
}
