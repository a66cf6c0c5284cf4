package dev.intermission.gateway.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermission.admin.openapi.DescribedAnswers;
import dev.intermission.gate.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The management API as somebody calls it: each call on a connection of its own. Each answer is
 * compared with the OpenAPI file.
 */
final class Operator {

  static final String PROXIES = "/apiops/projects/MyProject/apiProxies/";
  static final String MY_API = PROXIES + "MyAPI/";
  static final String MODE = MY_API + "settings/maintenance-mode/";
  static final String PRODUCTION = MY_API + "environments/production/";

  private static final JsonMapper JSON = new JsonMapper();

  private final int port;
  private final List<String> lines;

  /** Calls with this token. */
  Operator(int port, String token) {
    this(port, List.of("Authorization: Bearer " + token));
  }

  private Operator(int port, List<String> lines) {
    this.port = port;
    this.lines = List.copyOf(lines);
  }

  /** Calls without a token. */
  static Operator nobody(int port) {
    return new Operator(port, List.of());
  }

  /** Returns the same with one more header line. */
  Operator with(String line) {
    List<String> more = new ArrayList<>(lines);
    more.add(line);
    return new Operator(port, more);
  }

  /** Sends a request without a body. */
  Wire.Reply send(String method, String target) throws IOException {
    return described(
        method,
        target,
        Wire.exchange(port, Wire.request(method, target, lines.toArray(String[]::new))));
  }

  /** Sends a request with a body, whose type a header line tells. */
  Wire.Reply send(String method, String target, byte[] body) throws IOException {
    List<String> all = with("Content-Length: " + body.length).lines;
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(
        Wire.request(method, target, all.toArray(String[]::new)).getBytes(ISO_8859_1));
    request.writeBytes(body);
    try (Wire wire = new Wire(port)) {
      // At once: who refuses the head may not wait for the body.
      wire.send(request.toByteArray());
      return described(method, target, wire.read(false));
    }
  }

  /** Checks that the OpenAPI file has such an answer. */
  private static Wire.Reply described(String method, String target, Wire.Reply reply) {
    DescribedAnswers.assertDescribed(
        method, target, reply.status(), reply.fields(), new String(reply.body(), UTF_8));
    return reply;
  }

  Wire.Reply get(String target) throws IOException {
    return send("GET", target);
  }

  /** Patches the maintenance mode of MyAPI. */
  Wire.Reply patch(String json) throws IOException {
    return patch("MyAPI", json);
  }

  /** Patches the maintenance mode of a proxy of MyProject. */
  Wire.Reply patch(String proxy, String json) throws IOException {
    return with("Content-Type: application/json")
        .send("PATCH", PROXIES + proxy + "/settings/maintenance-mode/", json.getBytes(UTF_8));
  }

  /** Returns what a read has in its list of results. */
  JsonNode result(String target) throws IOException {
    Wire.Reply reply = get(target);
    if (reply.status() != 200) {
      throw new AssertionError(target + ": " + reply.statusLine() + " " + text(reply));
    }
    return JSON.readTree(reply.body()).path("resultList").path(0);
  }

  /** Returns the body, with what differs from run to run replaced. */
  static String text(Wire.Reply reply) {
    return unadvised(alike(new String(reply.body(), UTF_8)));
  }

  /** Returns a body without what each closure is warned of. */
  static String unadvised(String body) {
    return body.replaceAll(
            "\\{\"code\":\"(STATUS_NOT_TEMPORARY|NO_RETRY_AFTER|HEALTH_PATHS_CLOSED|NOT_DEPLOYED)\",\"message\":\"[^\"]*\"},?",
            "")
        .replace("},]", "}]")
        .replace(",\"warnings\":[]", "");
  }

  /** Returns a text in which nothing takes any time and the gateway has the name gateway-1. */
  static String alike(String text) {
    return text.replaceAll("\"responseTime\":[0-9]+", "\"responseTime\":0")
        .replaceAll("\"podName\":\"[^\"]+", "\"podName\":\"gateway-1");
  }
}
