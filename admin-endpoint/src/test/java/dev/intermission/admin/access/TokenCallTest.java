package dev.intermission.admin.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminOptions;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for client ids and secrets. */
class TokenCallTest extends AdminTest {

  private static final String FORM = "grant_type=client_credentials&client_id=%s&client_secret=%s";
  private static final String RIGHT = "correct+horse";

  @Override
  public AdminOptions options() {
    return new AdminOptions(
        1 << 20,
        1 << 16,
        Duration.ZERO,
        Duration.ofHours(1),
        new AttemptLimits(5, 3, Duration.ofMinutes(5)));
  }

  private Http.Answer ask(String form) throws IOException {
    return send(Http.request("POST", TOKEN).form(form));
  }

  private Http.Answer askAs(String id, String secret) throws IOException {
    return ask(FORM.formatted(id, secret));
  }

  private static String token(Http.Answer answer) throws IOException {
    return new ObjectMapper().readTree(answer.body()).path("access_token").asText();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grant_type=client_credentials&client_id=operator&client_secret=correct+horse",
        "client_secret=correct%20horse&client_id=%6Fperator&grant_type=client_credentials&scope=",
        "&grant_type=client_credentials&&client_id=operator&client_secret=correct%20horse&x=y&x=z"
      })
  void theRightSecretBringsATokenForAnHour(String form) throws Exception {
    Http.Answer answer = ask(form);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .matches(
            "\\{\"access_token\":\"imt_[A-Za-z0-9_-]{43}\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    assertThat(answer.field("Cache-Control")).isEqualTo("no-store");
    Http request = Http.request("PATCH", MODE).token(token(answer)).json("{\"enabled\":true}");
    assertThat(send(request).body()).satisfies(AdminTest::assertSaved);
    server.clock.advance(Duration.ofHours(1));
    assertUnauthorized(send(request), "Token was expired!", "Bearer error=\"invalid_token\"");
  }

  private Http.Answer askBasic(String credentials, String form) throws IOException {
    String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    return send(Http.request("POST", TOKEN).with("Authorization", "bAsIc " + encoded).form(form));
  }

  @ParameterizedTest
  @ValueSource(strings = {"operator:correct+horse", "%6fperator:correct%20horse"})
  void credentialsMayComeByHttpBasic(String credentials) throws Exception {
    assertThat(askBasic(credentials, "grant_type=client_credentials").status()).isEqualTo(200);
    assertThat(askBasic(credentials, "grant_type=client_credentials&client_id=operator").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"operator:wrong", "operator", "", "operator:correct%2", "nobody:correct+horse"})
  void failedBasicIsChallengedWithBasic(String credentials) throws Exception {
    assertUnauthorized(
        askBasic(credentials, "grant_type=client_credentials"),
        "Bad credentials",
        "Basic realm=\"apiops\", charset=\"UTF-8\"");
  }

  @Test
  void credentialsComeInOneWay() throws Exception {
    for (String more : new String[] {"client_secret=correct+horse", "client_id=viewer"}) {
      assertRefused(
          askBasic("operator:correct+horse", "grant_type=client_credentials&" + more),
          400,
          "bad_request",
          "The credentials are in the Authorization field and in the form; send them once");
    }
    assertRefused(
        askBasic("operator:correct+horse", "grant_type=password"),
        400,
        "unsupported_grant_type",
        "GrantType value must be client_credentials!");
  }

  @Test
  void thePathWithASlashAtItsEndIsServedToo() throws Exception {
    Http request = Http.request("POST", TOKEN + "/").form(FORM.formatted("viewer", RIGHT));
    assertThat(send(request).status()).isEqualTo(200);
  }

  @Test
  void aTokenCarriesTheRightsOfItsUser() throws Exception {
    String token = token(askAs("viewer", RIGHT));
    assertThat(send(Http.request("GET", MODE).token(token)).status()).isEqualTo(200);
    assertThat(send(Http.request("PATCH", MODE).token(token).json("{}")).status()).isEqualTo(400);
  }

  @Test
  void theSecretOfATokenIsNotKept() throws Exception {
    String token = token(askAs("operator", RIGHT));
    assertThat(server.tokens.list()).allSatisfy(t -> assertThat(t.hash()).matches("[0-9a-f]{64}"));
    assertThat(server.tokens.list().toString()).doesNotContain(token);
  }

  @ParameterizedTest
  @CsvSource({
    "operator, wrong",
    "operator, correct+hors",
    "operator, correct+horse+",
    "Operator, correct+horse",
    "nobody, correct+horse",
    "admin, correct+horse",
    "%00, correct+horse"
  })
  void anyOtherCredentialsAreBad(String id, String secret) throws Exception {
    assertUnauthorized(askAs(id, secret), "Bad credentials", "Bearer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "client_id=operator&client_secret=correct+horse",
        "grant_type=&client_id=operator&client_secret=correct+horse",
        "grant_type=password&client_id=operator&client_secret=correct+horse",
        "grant_type=Client_Credentials&client_id=operator&client_secret=correct+horse"
      })
  void anyOtherGrantTypeIsNotSupported(String form) throws Exception {
    assertRefused(
        ask(form), 400, "unsupported_grant_type", "GrantType value must be client_credentials!");
  }

  @Test
  void credentialsThatAreMissingAreNamed() throws Exception {
    assertThat(faults(ask("grant_type=client_credentials&client_id=")))
        .containsExactly("client_id: is missing", "client_secret: is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "grant_type=client_credentials&client_id=operator&client_id=operator&client_secret=x, The form has client_id more than once",
    "grant_type=client_credentials&client_id=%zz&client_secret=x, The form has a % that is not followed by two hexadecimal digits",
    "grant_type=client_credentials&client_id=%ff&client_secret=x, The form has escapes that are not UTF-8",
    "grant_type=client_credentials&client_id=a b&client_secret=x, 'The form has the character U+0020, which must be percent-encoded'"
  })
  void aMalformedFormIsABadRequest(String form, String text) throws Exception {
    assertRefused(ask(form), 400, "bad_request", text);
  }

  @Test
  void onlyAPostOfAFormIsTaken() throws Exception {
    assertThat(send(Http.request("POST", TOKEN).json("{}")).status()).isEqualTo(415);
    Http.Answer get = send(Http.request("GET", TOKEN + "?" + FORM.formatted("operator", RIGHT)));
    assertThat(get.status()).isEqualTo(405);
    assertThat(get.field("Allow")).isEqualTo("OPTIONS, POST");
    Http inQuery = Http.request("POST", TOKEN + "?" + FORM.formatted("operator", RIGHT)).form("");
    assertThat(send(inQuery).status()).isEqualTo(400);
  }

  @Test
  void aFormOverTheLimitIsTooLarge() throws Exception {
    assertThat(askAs("operator", "x".repeat(20_000)).status()).isEqualTo(413);
  }

  private static void assertTooManyAttempts(Http.Answer answer) {
    long seconds = Long.parseLong(answer.field("Retry-After"));
    assertThat(seconds).isBetween(1L, 300L);
    assertRefused(
        answer,
        429,
        "too_many_requests",
        "Too many failed attempts! Try again in %d seconds.".formatted(seconds));
  }

  @Test
  void afterRepeatedFailuresWithAUserEvenTheRightSecretIsRefused() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(askAs("operator", "wrong" + i).status()).isEqualTo(401);
    }
    assertTooManyAttempts(askAs("operator", "wrong"));
    assertTooManyAttempts(askAs("operator", RIGHT));
    assertThat(askAs("viewer", RIGHT).status()).isEqualTo(200);
    assertThat(get(PROXIES).status()).isEqualTo(200);
  }

  @Test
  void afterRepeatedFailuresFromAnAddressEveryUserIsRefused() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(askAs("nobody-" + i, "wrong").status()).isEqualTo(401);
    }
    assertTooManyAttempts(askAs("viewer", RIGHT));
  }
}
