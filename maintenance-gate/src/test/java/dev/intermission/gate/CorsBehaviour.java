package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ContentType;
import dev.intermission.api.Cors;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ResponseField;
import dev.intermission.api.RetryAfter;
import dev.intermission.api.Variant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser gets for pages of other origins, whatever front is before the gate. */
public abstract class CorsBehaviour extends VariantBehaviour {

  private static final String SHOP = "https://shop.example";
  private static final String FROM_SHOP = "Origin: " + SHOP;
  private static final String PUT = "Access-Control-Request-Method: PUT";
  private static final String NAMES = "Access-Control-Request-Headers: ";

  private static final Cors LISTED = new Cors(List.of("https://a.example", SHOP), false);
  private static final Cors CREDENTIALS = new Cors(List.of(SHOP), true);
  private static final Cors ANY = new Cors(List.of(Cors.ANY), false);

  private static final MaintenanceSettings PLAIN =
      new MaintenanceSettings(true, 503, ContentType.parse("text/plain"), "gone")
          .withRetryAfter(new RetryAfter(60, 0))
          .withHeaders(List.of(new ResponseField("X-Reason", "move")));

  private void serve(MaintenanceSettings settings) {
    gate.publish(
        Proxies.snapshot(
            gate.servedVersion() + 1,
            new DeployedProxy(Proxies.proxy("/api", List.of()), 1, settings)));
  }

  private Wire.Reply send(String method, String... lines) throws Exception {
    return exchange(server.port(), method, "/api/x", lines);
  }

  private static void assertPlain(Wire.Reply reply, @Nullable String vary) {
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.field("Content-Type")).isEqualTo("text/plain");
    assertThat(reply.text()).isEqualTo("gone");
    assertThat(reply.field("Vary")).isEqualTo(vary);
    assertThat(reply.field("X-Reason")).isEqualTo("move");
  }

  private static void assertNothingAllowed(Wire.Reply reply) {
    assertThat(String.join("|", reply.fields()).toLowerCase(Locale.ROOT))
        .doesNotContain("access-control-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "OPTIONS"})
  void pageOfAnAllowedOriginMayReadTheAnswer(String method) throws Exception {
    for (Cors cors : List.of(LISTED, CREDENTIALS, ANY)) {
      serve(PLAIN.withCors(cors));
      Wire.Reply reply = send(method, FROM_SHOP);
      assertPlain(reply, "Origin");
      assertThat(reply.field("Access-Control-Allow-Origin")).isEqualTo(SHOP);
      assertThat(reply.field("Access-Control-Expose-Headers"))
          .isEqualTo("Retry-After, X-Correlation-Id");
      assertThat(reply.field("Access-Control-Allow-Credentials"))
          .isEqualTo(cors.allowCredentials() ? "true" : null);
      assertThat(reply.field("Access-Control-Allow-Methods")).isNull();
      assertThat(reply.field("Retry-After")).isEqualTo("60");
    }
    assertThat(passed).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://shop.example:8443",
        "Origin: http://shop.example",
        "Origin: https://SHOP.example",
        "Origin: https://x.shop.example",
        "Origin: https://shop.example.evil.example",
        "Origin: https://shop.example, https://a.example",
        "Origin: null",
        "Origin: *",
        "X-No-Origin: x"
      })
  void otherOriginsGetThePlainAnswer(String line) throws Exception {
    serve(PLAIN.withCors(LISTED));
    for (String method : new String[] {"GET", "OPTIONS"}) {
      Wire.Reply reply = send(method, line, PUT);
      assertPlain(reply, "Origin");
      assertNothingAllowed(reply);
    }
  }

  @Test
  void twoOriginsAreNone() throws Exception {
    serve(PLAIN.withCors(LISTED));
    assertNothingAllowed(send("GET", FROM_SHOP, "Origin: https://a.example"));
  }

  @ParameterizedTest
  @CsvSource({
    "null, true",
    "http://localhost:3000, true",
    "https://a.example/, false",
    "a.example, false",
    "https://a.example;x, false"
  })
  void whereAllAreAllowedWhatIsAnOriginIsRepeated(String origin, boolean isOrigin)
      throws Exception {
    serve(PLAIN.withCors(ANY));
    Wire.Reply reply = send("GET", "Origin: " + origin);
    assertPlain(reply, "Origin");
    assertThat(reply.field("Access-Control-Allow-Origin")).isEqualTo(isOrigin ? origin : null);
    assertThat(send("OPTIONS", "Origin: " + origin, PUT).status()).isEqualTo(isOrigin ? 204 : 503);
  }

  @Test
  void preflightIsAllowedWhatItAsksFor() throws Exception {
    for (Cors cors : List.of(LISTED, CREDENTIALS, ANY)) {
      serve(PLAIN.withCors(cors));
      Wire.Reply reply =
          send("OPTIONS", FROM_SHOP, PUT, NAMES + "authorization,x-own", "X-Correlation-Id: my-7");
      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.text()).isEmpty();
      assertThat(reply.field("Content-Type")).isNull();
      assertThat(reply.field("Content-Length")).isNull();
      assertThat(reply.field("Access-Control-Allow-Origin")).isEqualTo(SHOP);
      assertThat(reply.field("Access-Control-Allow-Methods")).isEqualTo("PUT");
      assertThat(reply.field("Access-Control-Allow-Headers")).isEqualTo("authorization,x-own");
      assertThat(reply.field("Access-Control-Max-Age")).isEqualTo("0");
      assertThat(reply.field("Access-Control-Allow-Credentials"))
          .isEqualTo(cors.allowCredentials() ? "true" : null);
      assertThat(reply.field("Access-Control-Expose-Headers")).isNull();
      assertThat(reply.field("Vary"))
          .isEqualTo("Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
      assertThat(reply.field("Cache-Control")).isEqualTo("no-store");
      assertThat(reply.field("X-Correlation-Id")).isEqualTo("my-7");
      assertThat(reply.field("X-Reason")).isNull();
      assertThat(reply.field("Retry-After")).isNull();
    }
    assertThat(passed).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-No-Names: x", NAMES, NAMES + "  "})
  void preflightWithoutNamesIsAllowedNone(String line) throws Exception {
    serve(PLAIN.withCors(LISTED));
    Wire.Reply reply = send("OPTIONS", FROM_SHOP, PUT, line);
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.field("Access-Control-Allow-Methods")).isEqualTo("PUT");
    assertThat(reply.field("Access-Control-Allow-Headers")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "PU T|x-own",
        "PUT, GET|x-own",
        "PUT|x own",
        "PUT|x-own,,x-other",
        "PUT|x-own:",
        "PUT|\"x-own\""
      })
  void whatCanNotBeRepeatedIsNoPreflight(String method, String names) throws Exception {
    serve(PLAIN.withCors(LISTED));
    Wire.Reply reply =
        send("OPTIONS", FROM_SHOP, "Access-Control-Request-Method: " + method, NAMES + names);
    assertPlain(reply, "Origin");
    assertThat(reply.field("Access-Control-Allow-Origin")).isEqualTo(SHOP);
    assertThat(reply.field("Access-Control-Allow-Methods")).isNull();
    assertThat(reply.field("Access-Control-Allow-Headers")).isNull();
  }

  @Test
  void namesThatAreTooLongAreNoPreflight() throws Exception {
    serve(PLAIN.withCors(LISTED));
    assertThat(send("OPTIONS", FROM_SHOP, PUT, NAMES + "x".repeat(4096)).status()).isEqualTo(204);
    assertPlain(send("OPTIONS", FROM_SHOP, PUT, NAMES + "x".repeat(4097)), "Origin");
  }

  @Test
  void preflightOfAnOpenApiPasses() throws Exception {
    serve(PLAIN.withCors(LISTED));
    assertThat(exchange(server.port(), "OPTIONS", "/open", FROM_SHOP, PUT).status()).isEqualTo(200);
    assertThat(passed).hasValue(1);
  }

  @Test
  void withoutAllowedOriginsNothingIsDifferent() throws Exception {
    serve(PLAIN.withCors(new Cors(List.of(), true)));
    for (String method : new String[] {"GET", "OPTIONS"}) {
      Wire.Reply reply = send(method, FROM_SHOP, PUT);
      assertPlain(reply, null);
      assertNothingAllowed(reply);
    }
  }

  @Test
  void variantMayBeReadTooAndVariesByBoth() throws Exception {
    Variant html = new Variant(ContentType.parse("text/html"), "<p>", null);
    serve(PLAIN.withVariants(List.of(html)).withCors(LISTED));
    for (String accept : new String[] {"text/html", "text/plain"}) {
      Wire.Reply reply = send("GET", FROM_SHOP, "Accept: " + accept);
      assertThat(reply.field("Content-Type")).isEqualTo(accept);
      assertThat(reply.field("Vary")).isEqualTo("Accept, Origin");
      assertThat(reply.field("Access-Control-Allow-Origin")).isEqualTo(SHOP);
    }
    assertThat(send("OPTIONS", FROM_SHOP, PUT, "Accept: */*").status()).isEqualTo(204);
  }

  @Test
  void callOfGrpcGetsItsOwnAnswer() throws Exception {
    serve(PLAIN.withCors(LISTED));
    for (String method : new String[] {"POST", "OPTIONS"}) {
      Wire.Reply reply = send(method, FROM_SHOP, PUT, "Content-Type: application/grpc");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.field("grpc-status")).isEqualTo("14");
      assertNothingAllowed(reply);
    }
  }
}
