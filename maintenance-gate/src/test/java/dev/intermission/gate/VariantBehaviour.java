package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ContentType;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ResponseField;
import dev.intermission.api.RetryAfter;
import dev.intermission.api.Variant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of an answer as clients get them, whatever front is before the gate. */
public abstract class VariantBehaviour extends WindowBehaviour {

  private static final MaintenanceSettings PLAIN =
      new MaintenanceSettings(
          true, 503, ContentType.parse("application/json"), "{\"status\":#FAULTSTATUSCODE#}");
  private static final MaintenanceSettings SETTINGS =
      PLAIN
          .withRetryAfter(new RetryAfter(60, 0))
          .withHeaders(List.of(new ResponseField("X-Reason", "move")))
          .withVariants(
              List.of(
                  variant("text/html", "<p>#FAULTSTATUSCODE# #CORRELATIONID#</p>", null),
                  variant("text/xml", "<fault>#FAULTSTATUSCODE#</fault>", 500),
                  variant("application/soap+xml", "<fault12>#FAULTSTATUSCODE#</fault12>", 500),
                  new Variant(ContentType.parse("application/problem+json"), null, 405)));

  private static Variant variant(String type, String message, @Nullable Integer status) {
    return new Variant(ContentType.parse(type), message, status);
  }

  private void serve(MaintenanceSettings settings) {
    gate.publish(
        Proxies.snapshot(
            gate.servedVersion() + 1,
            new DeployedProxy(Proxies.proxy("/api", List.of()), 1, settings)));
  }

  private Wire.Reply send(String method, String... lines) throws Exception {
    return exchange(server.port(), method, "/api/x", lines);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json                                  | 503 | application/json         | {"status":503}
          text/html                                         | 503 | text/html                | <p>503 id-1</p>
          text/html,application/xhtml+xml,*/*;q=0.8         | 503 | text/html                | <p>503 id-1</p>
          text/*;q=0.3, application/json;q=0.2              | 503 | text/html                | <p>503 id-1</p>
          text/xml                                          | 500 | text/xml                 | <fault>500</fault>
          */*                                               | 503 | application/json         | {"status":503}
          image/png                                         | 503 | application/json         | {"status":503}
          application/json;q=0, text/xml;q=0.1              | 500 | text/xml                 | <fault>500</fault>
          application/problem+json, application/json;q=0.9  | 405 | application/problem+json | {"type":"about:blank","title":"Method Not Allowed","status":405,"detail":"API is under maintenance"}
          ;;;                                               | 503 | application/json         | {"status":503}
          """)
  void acceptChoosesAForm(String accept, int status, String type, String body) throws Exception {
    serve(SETTINGS);
    for (String method : new String[] {"GET", "HEAD", "POST"}) {
      Wire.Reply reply = send(method, "Accept: " + accept, "X-Correlation-Id: id-1");
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.field("Content-Type")).isEqualTo(type);
      assertThat(reply.field("Content-Length")).isEqualTo(Integer.toString(body.length()));
      assertThat(reply.text()).isEqualTo(method.equals("HEAD") ? "" : body);
      assertThat(reply.field("Vary")).isEqualTo("Accept");
      assertThat(reply.field("Cache-Control")).isEqualTo("no-store");
      assertThat(reply.field("Retry-After")).isEqualTo("60");
      assertThat(reply.field("X-Reason")).isEqualTo("move");
      assertThat(reply.field("X-Correlation-Id")).isEqualTo("id-1");
      assertThat(reply.field("Allow")).isEqualTo(status == 405 ? "" : null);
    }
    assertThat(passed).hasValue(0);
  }

  @Test
  void severalLinesOfAcceptAreOneList() throws Exception {
    serve(SETTINGS);
    Wire.Reply reply =
        send("GET", "Accept: application/json;q=0.5", "X-Other: x", "accept: text/xml");
    assertThat(reply.field("Content-Type")).isEqualTo("text/xml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/xml; charset=utf-8                    |                  | text/xml
          Text/XML                                   | */*              | text/xml
          application/soap+xml; action="urn:x"       |                  | application/soap+xml
          application/soap+xml                       | */*;q=0.5        | application/soap+xml
          text/xml                                   | application/json | application/json
          text/xml                                   | text/html, */*   | application/json
          text/xmlx                                  |                  | application/json
          application/json                           |                  | application/json
          multipart/related; type="text/xml"         | */*              | application/json
          """)
  void soapRequestWithoutAWishGetsItsOwnType(
      String contentType, @Nullable String accept, String type) throws Exception {
    serve(SETTINGS);
    String ofBody = "Content-Type: " + contentType;
    Wire.Reply reply =
        accept == null ? send("POST", ofBody) : send("POST", ofBody, "Accept: " + accept);
    assertThat(reply.field("Content-Type")).isEqualTo(type);
    assertThat(reply.status()).isEqualTo(type.endsWith("xml") ? 500 : 503);
    assertThat(reply.field("Vary")).isEqualTo("Accept");
  }

  @Test
  void callOfGrpcIsAnsweredAsSuch() throws Exception {
    serve(SETTINGS);
    Wire.Reply reply = send("POST", "Content-Type: application/grpc", "Accept: text/html");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.field("grpc-status")).isEqualTo("14");
    assertThat(reply.field("Vary")).isNull();
  }

  @Test
  void answerWithoutVariantsDoesNotVary() throws Exception {
    serve(PLAIN);
    Wire.Reply reply = send("GET", "Accept: text/html");
    assertThat(reply.text()).isEqualTo("{\"status\":503}");
    assertThat(reply.field("Vary")).isNull();
  }
}
