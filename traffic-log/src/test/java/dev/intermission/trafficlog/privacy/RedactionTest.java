package dev.intermission.trafficlog.privacy;

import static dev.intermission.trafficlog.privacy.Defined.body;
import static dev.intermission.trafficlog.privacy.Defined.element;
import static dev.intermission.trafficlog.privacy.Defined.masked;
import static dev.intermission.trafficlog.privacy.Defined.pattern;
import static dev.intermission.trafficlog.privacy.Defined.redaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.trafficlog.MaskMode;
import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.PrivacyPattern;
import dev.intermission.trafficlog.capture.BodyCapture;
import dev.intermission.trafficlog.capture.CaptureMemory;
import dev.intermission.trafficlog.capture.CapturedField;
import dev.intermission.trafficlog.record.RecordWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final PrivacyDefinition PASSWORD = element("password", PrivacyOperation.MASK);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"user\":\"a\",\"password\":\"secret\"} | {\"user\":\"a\",\"password\":\"***\"}",
        "{ \"password\" : 12345 , \"x\": 1 } | { \"password\" : \"***\" , \"x\": 1 }",
        "{\"PassWord\":\"secret\"} | {\"PassWord\":\"***\"}",
        "{\"pass\\u0077ord\":\"secret\"} | {\"pass\\u0077ord\":\"***\"}",
        "{\"password\":\"secret\",\"password\":\"secret\"} | {\"password\":\"***\",\"password\":\"***\"}",
        "{\"a\":[{\"password\":{\"b\":\"secret\",\"c\":[1,\"secret\"]}}]} | {\"a\":[{\"password\":\"***\"}]}",
        "{\"password\":null,\"b\":true} | {\"password\":\"***\",\"b\":true}",
        "{\"inner\":\"{\\\"password\\\":\\\"secret\\\"}\"} | {\"inner\":\"***\"}",
        "{\"inner\":\"password=secret&x=1\"} | {\"inner\":\"***\"}",
        "{\"password\":\"sec | {[the rest is left out, since it can't be read]",
        "{\"a\":1,\"password | {\"a\":1[the rest is left out, since it can't be read]",
        "[1] {\"password\":\"secret\"} | [1] {\"password\":\"***\"}",
        "{\"a\":1} password=secret | {\"a\":1}[the rest is left out, since it can't be read]",
        "{'password':'secret'} | {[the rest is left out, since it can't be read]",
      })
  void valueOfAJsonMemberIsMaskedWhateverItIs(String text, String left) {
    assertThat(body(redaction(PASSWORD), JSON, text)).isEqualTo(left);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a=1&password=secret&b=2 | a=1&password=***&b=2",
        "p%61ssword=secret | p%61ssword=***",
        "user[password]=secret;a=1 | user[password]=***",
        "user.password=secret | user.password=***",
        "password=secret | password=***",
        "filter=%7B%22password%22%3A%22secret%22%7D&a=1 | filter=***&a=1",
        "a=b+c&d | a=b+c&d",
      })
  void valueOfAParameterIsMasked(String text, String left) {
    assertThat(redaction(PASSWORD).query(text)).isEqualTo(left);
    assertThat(body(redaction(PASSWORD), FORM, text)).isEqualTo(left);
  }

  @Test
  void partOfAFormWithFilesIsMasked() {
    String text =
        """
        --b
        Content-Disposition: form-data; name="a"

        1
        --b
        Content-Disposition: form-data; name="pass%77ord"

        secret
        secret
        --b
        Content-Disposition: form-data; filename="x"

        secret
        --b--
        """
            .replace("\n", "\r\n");
    assertThat(body(redaction(PASSWORD), "multipart/form-data; boundary=b", text))
        .isEqualTo(
            text.replace("secret\r\nsecret\r\n", "***\r\n")
                .replace("\r\nsecret\r\n", "\r\n***\r\n"));
    assertThat(body(redaction(PASSWORD), "multipart/form-data", text)).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "FIXED, 0, *",
    "KEEP_FIRST, 2, se****",
    "KEEP_LAST, 2, ****et",
    "MASK_FIRST, 2, **cret",
    "KEEP_FIRST, 6, ******",
    "KEEP_LAST, 9, ******",
    "MASK_FIRST, 9, ******"
  })
  void maskKeepsWhatItsModeSays(MaskMode mode, int chars, String left) {
    assertThat(body(redaction(masked("a", mode, chars)), JSON, "{\"a\":\"secret\"}"))
        .isEqualTo("{\"a\":\"" + left + "\"}");
  }

  @Test
  void deletedValueIsEmptyAndAHashIsTheSameWhereverTheValueIs() {
    assertThat(body(redaction(element("a", PrivacyOperation.DELETE)), JSON, "{\"a\":[1],\"b\":2}"))
        .isEqualTo("{\"a\":\"\",\"b\":2}");
    PrivacyDefinition hashed = element("a", PrivacyOperation.HASH);
    String inJson = body(redaction(hashed), JSON, "{\"a\":\"s\\u00e9\"}");
    assertThat(inJson).matches("\\{\"a\":\"[0-9a-f]{64}\"}");
    String digits = inJson.substring(6, 70);
    assertThat(redaction(hashed).query("a=s%C3%A9")).isEqualTo("a=" + digits);
    assertThat(body(redaction(hashed), "text/xml", "<a>s&#233;</a>"))
        .isEqualTo("<a>" + digits + "</a>");
    assertThat(new Redaction(PrivacyRules.of(List.of(hashed), null)).query("a=b"))
        .isEqualTo("a=***");
  }

  @Test
  void detectedValueStaysAndTheRecordSaysSo() {
    Redaction redaction =
        redaction(
            element("a", PrivacyOperation.DETECT),
            pattern(PrivacyPattern.EMAIL, null, PrivacyOperation.DETECT),
            pattern(PrivacyPattern.IBAN, null, PrivacyOperation.DETECT));
    assertThat(body(redaction, JSON, "{\"a\":\"u@example.com\"}"))
        .isEqualTo("{\"a\":\"u@example.com\"}");
    assertThat(redaction.detected()).containsExactly("EMAIL", "a");
  }

  @ParameterizedTest
  @CsvSource({
    "call 4111 1111 1111 1111 now, call *** now",
    "12 4111-1111-1111-1111, 12 ***",
    "4111111111111111, ***",
    "4111111111111112, 4111111111111112",
    "378282246310005 x, *** x",
    "00000000000000, 00000000000000",
    "GB82WEST12345698765432, ***",
    "iban gb82 west 1234 5698 7654 32 ok, iban *** ok",
    "GB82WEST12345698765433, GB82WEST12345698765433",
    "DE89 3704 0044 0532 0130 00, ***",
    "mail a.b+c@mail.example.org ok, mail *** ok"
  })
  void numbersAreFoundByTheirCheckDigits(String text, String left) {
    Redaction redaction =
        redaction(
            pattern(PrivacyPattern.CREDIT_CARD, null, PrivacyOperation.MASK),
            pattern(PrivacyPattern.IBAN, null, PrivacyOperation.MASK),
            pattern(PrivacyPattern.EMAIL, null, PrivacyOperation.MASK));
    assertThat(body(redaction, "text/plain", text)).isEqualTo(left);
    assertThat(redaction.plain(text)).isEqualTo(left);
  }

  @Test
  void fieldsWithSecretsAreMaskedWithoutAnyDefinition() {
    List<CapturedField> fields =
        List.of(
            new CapturedField("Host", "a"),
            new CapturedField("authorization", "Bearer s"),
            new CapturedField("Proxy-Authorization", "s"),
            new CapturedField("COOKIE", "s=1"),
            new CapturedField("Set-Cookie", "s=1"),
            new CapturedField("Intermission-Bypass", "s"),
            new CapturedField("Referer", "http://a/?password=s"));
    assertThat(redaction().fields(fields))
        .isEqualTo(
            "Host: a\nauthorization: ***\nProxy-Authorization: ***\nCOOKIE: ***\nSet-Cookie: ***\nIntermission-Bypass: ***\nReferer: http://a/?password=s");
    assertThat(redaction(PASSWORD, element("host", PrivacyOperation.DELETE)).fields(fields))
        .startsWith("Host: \n")
        .endsWith("Referer: http://a/?password=***");
  }

  @Test
  void whatIsPrivateIsTakenOutBeforeTheTextIsCut() {
    String text =
        "{\"a\":\"" + "x".repeat(20) + "\",\"card\":\"4111111111111111\"}" + " ".repeat(9_000);
    Redaction redaction =
        redaction(pattern(PrivacyPattern.CREDIT_CARD, null, PrivacyOperation.MASK));
    for (int limit = 1; limit < 80; limit++) {
      String left = body(redaction, JSON, text, StandardCharsets.UTF_8, limit);
      assertThat(left).hasSizeLessThanOrEqualTo(limit).doesNotContain("4");
    }
  }

  @Test
  void bodyThatIsNoTextIsLeftOut() throws IOException {
    Redaction redaction = redaction();
    assertThat(body(redaction, "image/png", "x")).isEqualTo("[left out: it is not text]");
    assertThat(body(redaction, "text/plain; charset=none", "x"))
        .isEqualTo("[left out: it is in a character set that is not known]");
    assertThat(body(redaction, "text/plain; charset=utf-16", "password=secret "))
        .isEqualTo("[left out: it is in another character set than it says]");
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write("{\"password\":\"secret\"}".getBytes(StandardCharsets.UTF_8));
    }
    BodyCapture body = new BodyCapture(100, new CaptureMemory(CaptureMemory.DEFAULT_BYTES));
    body.add(ByteBuffer.wrap(zipped.toByteArray()));
    body.end();
    CapturedField json = new CapturedField("Content-Type", JSON);
    assertThat(
            redaction(PASSWORD)
                .body(
                    body.body(), 100, List.of(json, new CapturedField("Content-Encoding", "gzip"))))
        .isEqualTo("{\"password\":\"***\"}");
    assertThat(
            redaction(PASSWORD)
                .body(body.body(), 100, List.of(json, new CapturedField("Content-Encoding", "br"))))
        .isEqualTo("[left out: it is in a coding that is not read]");
    assertThat(body(redaction(PASSWORD), "text/plain", "my password: secret"))
        .isEqualTo("[the rest is left out, since it can't be read]");
    assertThat(body(redaction(PASSWORD), "text/csv", "user,password\nbob,secret"))
        .isEqualTo("[the rest is left out, since it can't be read]");
    assertThat(
            body(
                redaction(PASSWORD),
                JSON,
                "{\"password\":\"secret\"}",
                StandardCharsets.UTF_16,
                99))
        .isEqualTo("{\"password\":\"***\"}");
  }

  @Test
  void expressionIsLookedForInAllTexts() {
    Redaction redaction =
        redaction(pattern(PrivacyPattern.REGEX, "secret-[0-9]+", PrivacyOperation.MASK));
    assertThat(body(redaction, JSON, "{\"a\":\"x secret-1 y\"}")).isEqualTo("{\"a\":\"x *** y\"}");
    assertThat(redaction.query("a=secret%2D12&secret-3=b")).isEqualTo("a=***&***=b");
    assertThat(redaction.fields(List.of(new CapturedField("X", "secret-4")))).isEqualTo("X: ***");
    assertThat(redaction.plain("/a/secret-5/b")).isEqualTo("/a/***/b");
  }

  @Test
  void whatTheGatewayTellsUnderSeveralNamesIsPrivateByEachOfThem() {
    for (String name : List.of("X-Correlation-Id", "apinizer-correlation-id")) {
      Redaction redaction = redaction(element(name, PrivacyOperation.MASK));
      assertThat(redaction.field("X-Correlation-Id", "secret")).isEqualTo("***");
      assertThat(redaction.field("APINIZER-CORRELATION-ID", "secret")).isEqualTo("***");
      assertThat(body(redaction, "application/json", "{\"correlationId\":\"secret\"}"))
          .isEqualTo("{\"correlationId\":\"***\"}");
    }
    for (String name : List.of("Host", "X-Forwarded-Host")) {
      Redaction redaction = redaction(element(name, PrivacyOperation.MASK));
      assertThat(redaction.field("host", "secret")).isEqualTo("***");
      assertThat(redaction.field("X-Forwarded-Host", "secret")).isEqualTo("***");
      assertThat(redaction.field("Forwarded", "for=\"1.2.3.4\";host=\"secret\"")).isEqualTo("***");
    }
    Redaction client = redaction(element("X-Forwarded-For", PrivacyOperation.MASK));
    assertThat(client.field("Forwarded", "for=\"1.2.3.4\"")).isEqualTo("***");
    assertThat(client.field("X-Forwarded-Host", "g")).isEqualTo("g");
    assertThat(client.sentIn(RecordWriter.ADDRESS_FIELDS, "1.2.3.4")).isEqualTo("***");
    assertThat(redaction().field("Forwarded", "for=\"1.2.3.4\"")).isEqualTo("for=\"1.2.3.4\"");
    assertThat(redaction().sentIn(RecordWriter.ADDRESS_FIELDS, "1.2.3.4")).isEqualTo("1.2.3.4");
    Redaction forwarded = redaction(element("Forwarded", PrivacyOperation.MASK));
    assertThat(forwarded.field("X-Forwarded-For", "1.2.3.4")).isEqualTo("***");
    assertThat(forwarded.field("X-Forwarded-Host", "g")).isEqualTo("***");
  }

  @Test
  void whatIsSaidOfANameGoesBeforeWhatIsSaidOfAnotherOneOfTheSameValue() {
    Redaction redaction =
        redaction(
            element("X-Correlation-Id", PrivacyOperation.MASK),
            element("correlationId", PrivacyOperation.DELETE));
    assertThat(redaction.field("X-Correlation-Id", "secret")).isEqualTo("***");
    assertThat(body(redaction, "application/json", "{\"correlationId\":\"secret\"}"))
        .isEqualTo("{\"correlationId\":\"\"}");
  }
}
