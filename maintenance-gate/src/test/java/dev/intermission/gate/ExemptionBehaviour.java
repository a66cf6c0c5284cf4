package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.AddressRange;
import dev.intermission.api.ContentType;
import dev.intermission.api.Cors;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Exemptions;
import dev.intermission.api.MaintenanceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What of a closed API stays open, and to whom, whatever front is before the gate. What is behind
 * it answers the passage that it is told, {@code null} for none, and lets caches keep that.
 */
public abstract class ExemptionBehaviour extends FrontSetup {

  /** What is behind the front says of caches. */
  public static final String CACHE_CONTROL = "public, max-age=60";

  private static final MaintenanceSettings CLOSED =
      new MaintenanceSettings(true, 503, ContentType.parse("text/plain"), "closed");
  private static final List<String> WRITING = List.of("POST", "PUT", "PATCH", "DELETE");

  private static List<AddressRange> ranges(String... ranges) {
    return Stream.of(ranges).map(AddressRange::parse).toList();
  }

  private void serve(Exemptions exemptions, Cors cors) {
    gate.publish(
        Proxies.snapshot(
            gate.servedVersion() + 1,
            new DeployedProxy(
                Proxies.proxy("/api", List.of()),
                1,
                CLOSED.withExemptions(exemptions).withCors(cors)),
            Proxies.closed("/closed"),
            Proxies.open("/open")));
  }

  private void serve(Exemptions exemptions) {
    serve(exemptions, Cors.NONE);
  }

  private Wire.Reply send(String method, String target, String... lines) throws Exception {
    return exchange(server.port(), method, target, lines);
  }

  private void assertPasses(Wire.Reply reply, String passage, String cacheControl) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo(passage);
    assertThat(reply.field("Cache-Control")).isEqualTo(cacheControl);
  }

  private void assertClosed(Wire.Reply reply) {
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.field("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.field("Content-Type")).isEqualTo("text/plain");
  }

  @Test
  void readingPassesWhileWritingIsClosed() throws Exception {
    serve(new Exemptions(WRITING, List.of(), List.of()));
    for (String method : List.of("GET", "OPTIONS")) {
      assertPasses(send(method, "/api/x"), "EXEMPT", CACHE_CONTROL);
    }
    assertThat(send("HEAD", "/api/x").status()).isEqualTo(200);
    assertThat(passed).hasValue(3);
    for (String method : WRITING) {
      assertClosed(send(method, "/api/x"));
    }
    assertClosed(send("GET", "/closed"));
    assertPasses(send("GET", "/open"), "null", CACHE_CONTROL);
    assertThat(passed).hasValue(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-HTTP-Method-Override: DELETE",
        "x-http-method-override: delete",
        "X-Method-Override: PUT",
        "X-HTTP-Method: PATCH"
      })
  void fieldThatStandsForAClosedMethodIsClosed(String line) throws Exception {
    serve(new Exemptions(WRITING, List.of(), List.of()));
    assertClosed(send("GET", "/api/x", line));
    assertClosed(send("GET", "/api/x", "X-HTTP-Method-Override: GET", line));
    assertClosed(send("GET", "/api/x?a=b&_method=DELETE"));
    assertThat(passed).hasValue(0);
    assertPasses(send("GET", "/api/x", line.replaceFirst(":.*", ": GET")), "EXEMPT", CACHE_CONTROL);
  }

  @Test
  void preflightOfAClosedMethodIsAnswered() throws Exception {
    serve(
        new Exemptions(WRITING, List.of(), List.of()),
        new Cors(List.of("https://shop.example"), false));
    String origin = "Origin: https://shop.example";
    Wire.Reply closed = send("OPTIONS", "/api/x", origin, "Access-Control-Request-Method: PUT");
    assertThat(closed.status()).isEqualTo(204);
    assertThat(closed.field("Access-Control-Allow-Methods")).isEqualTo("PUT");
    assertPasses(
        send("OPTIONS", "/api/x", origin, "Access-Control-Request-Method: GET"),
        "EXEMPT",
        CACHE_CONTROL);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/health, true",
    "/api/health/x, true",
    "/api/./health, true",
    "/api/health/%61%2Fb, true",
    "/api/%68ealth, false",
    "/api/healthy, false",
    "/api, false",
    "/api/health/..%2fx, false",
    "/api/health%2f..%2fx, false",
    "/api/health/..%252fx, false",
    "/closed/health, false"
  })
  void openPathPasses(String target, boolean isOpen) throws Exception {
    serve(new Exemptions(List.of(), List.of("/health"), List.of()));
    for (String method : List.of("GET", "POST")) {
      if (isOpen) {
        assertPasses(send(method, target), "EXEMPT", CACHE_CONTROL);
      } else {
        assertClosed(send(method, target));
      }
    }
  }

  @Test
  void clientOfAnOpenAddressPassesAndNoCacheKeepsItsResponse() throws Exception {
    serve(new Exemptions(List.of(), List.of(), ranges("192.0.2.0/24", "127.0.0.0/8")));
    for (String target : List.of("/api/x", "/api/%2fx", "/api/sync")) {
      assertPasses(send("POST", target), "EXEMPT_CLIENT", "no-store");
    }
    assertClosed(send("GET", "/closed"));
    assertClosed(send("GET", "/api/..%2fclosed"));
    assertThat(passed).hasValue(3);
  }

  /** No proxy is trusted, so nobody is believed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 192.0.2.1",
        "Forwarded: for=192.0.2.1",
        "X-Real-IP: 192.0.2.1",
        "Client-IP: 192.0.2.1",
        "True-Client-IP: 192.0.2.1"
      })
  void clientOfAnotherAddressIsAnswered(String line) throws Exception {
    serve(new Exemptions(List.of(), List.of(), ranges("192.0.2.0/24", "::/0")));
    assertClosed(send("GET", "/api/x", line));
    assertThat(passed).hasValue(0);
  }

  @Test
  void shareOfClientsIsAdmittedAndNoCacheKeepsTheirResponses() throws Exception {
    List<Integer> before = List.of();
    for (int percent : new int[] {30, 60, 99}) {
      serve(new Exemptions(List.of(), List.of(), List.of(), percent, "X-Client"));
      List<Integer> admitted = new ArrayList<>();
      for (int client = 0; client < 20; client++) {
        Wire.Reply reply = send("GET", "/api/x", "X-Client: client-" + client);
        if (reply.status() == 200) {
          assertPasses(reply, "ADMITTED", "no-store");
          admitted.add(client);
        } else {
          assertClosed(reply);
        }
      }
      assertThat(admitted).containsAll(before);
      before = admitted;
    }
    assertThat(before).isNotEmpty();
    serve(new Exemptions(List.of(), List.of(), List.of(), 0, "X-Client"));
    assertClosed(send("GET", "/api/x", "X-Client: client-" + before.get(0)));
  }

  @Test
  void oneExemptionIsEnough() throws Exception {
    serve(new Exemptions(WRITING, List.of("/health"), ranges("192.0.2.1")));
    assertPasses(send("GET", "/api/x"), "EXEMPT", CACHE_CONTROL);
    assertPasses(send("POST", "/api/health"), "EXEMPT", CACHE_CONTROL);
    assertClosed(send("POST", "/api/x"));
  }
}
