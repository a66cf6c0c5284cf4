package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.Cors;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Exemptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests an API answers that is closed for some methods. */
class ClosedMethodsTest {

  private static final List<String> WRITING = List.of("POST", "PUT", "PATCH", "DELETE");

  private static Passage passage(List<String> closed, Cors cors, RequestHead request) {
    DeployedProxy proxy = Proxies.closed("/api");
    try (Gate gate = new Gate(GateOptions.DEFAULTS)) {
      gate.publish(
          Proxies.snapshot(
              1,
              new DeployedProxy(
                  proxy.proxy(),
                  1,
                  proxy
                      .settings()
                      .withCors(cors)
                      .withExemptions(new Exemptions(closed, List.of(), List.of())))));
      return gate.current().decide(null, "/api/x", request).passage();
    }
  }

  private static Passage readOnly(RequestHead request) {
    return passage(WRITING, Cors.NONE, request);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, EXEMPT",
    "HEAD, EXEMPT",
    "OPTIONS, EXEMPT",
    "TRACE, EXEMPT",
    "REPORT, EXEMPT",
    "POST, CLOSED",
    "PUT, CLOSED",
    "PATCH, CLOSED",
    "DELETE, CLOSED",
    "post, CLOSED",
    "Delete, CLOSED",
    "CONNECT, CLOSED",
    "connect, CLOSED"
  })
  void listedMethodsAreClosed(String method, Passage expected) {
    assertThat(readOnly(TestHead.of(method))).isEqualTo(expected);
  }

  @Test
  void headIsClosedWithGetAndAloneIfItIsListed() {
    assertThat(passage(List.of("GET"), Cors.NONE, TestHead.of("HEAD"))).isEqualTo(Passage.CLOSED);
    assertThat(passage(List.of("HEAD"), Cors.NONE, TestHead.of("HEAD"))).isEqualTo(Passage.CLOSED);
    assertThat(passage(List.of("HEAD"), Cors.NONE, TestHead.of("GET"))).isEqualTo(Passage.EXEMPT);
    assertThat(passage(List.of("get"), Cors.NONE, TestHead.of("GET"))).isEqualTo(Passage.CLOSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-HTTP-Method-Override: DELETE",
        "x-http-method-override: delete",
        "X_HTTP_METHOD_OVERRIDE: DELETE",
        "X-HTTP_Method-Override: DELETE",
        "X-Method-Override: PUT",
        "X-HTTP-Method: PATCH",
        "X-HTTP-Method-Override: GET, DELETE",
        "X-HTTP-Method-Override: DELETE;x",
        "X-HTTP-Method-Override: \"DELETE\"",
        "X-HTTP-Method-Override: \tDELETE\t",
        "Upgrade: websocket",
        "upgrade: WebSocket",
        "Upgrade: h2c, websocket"
      })
  void fieldsThatStandForAClosedMethodClose(String line) {
    assertThat(readOnly(TestHead.of("GET", "Accept: */*", line))).isEqualTo(Passage.CLOSED);
    assertThat(readOnly(TestHead.of("GET", "X-HTTP-Method-Override: GET", line)))
        .isEqualTo(Passage.CLOSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-HTTP-Method-Override: GET",
        "X-HTTP-Method-Override:",
        "X-HTTP-Method-Override: REPOST",
        "X-HTTP-Method-Overrides: DELETE",
        "X-Original-Method: DELETE",
        "Upgrade: h2c"
      })
  void otherFieldsCloseNothing(String line) {
    assertThat(readOnly(TestHead.of("GET", line))).isEqualTo(Passage.EXEMPT);
  }

  @ParameterizedTest
  @CsvSource({
    "_method=DELETE, CLOSED",
    "a=b&_method=delete&c=d, CLOSED",
    "a=b;_method=DELETE, CLOSED",
    "%5Fmethod=DEL%45TE, CLOSED",
    "_METHOD=PUT, CLOSED",
    ".method=PUT, CLOSED",
    "_method=GET, EXEMPT",
    "_method, EXEMPT",
    "method=DELETE, EXEMPT",
    "x_method=DELETE, EXEMPT",
    "q=_method%3DDELETE, EXEMPT",
    "q=DELETE, EXEMPT",
    "%=%&=&%zz=1&%5, EXEMPT"
  })
  void parameterThatFrameworksReadClosesToo(String query, Passage expected) {
    assertThat(readOnly(TestHead.of("GET").withQuery(query))).isEqualTo(expected);
  }

  @Test
  void preflightIsAnsweredWhereThePageMayReadTheAnswerAndItsMethodIsClosed() {
    Cors shop = new Cors(List.of("https://shop.example"), false);
    String origin = "Origin: https://shop.example";
    String put = "Access-Control-Request-Method: PUT";
    assertThat(passage(WRITING, shop, TestHead.of("OPTIONS", origin, put)))
        .isEqualTo(Passage.CLOSED);
    assertThat(
            passage(
                WRITING,
                shop,
                TestHead.of("OPTIONS", origin, "Access-Control-Request-Method: GET")))
        .isEqualTo(Passage.EXEMPT);
    assertThat(passage(WRITING, shop, TestHead.of("OPTIONS", "Origin: https://a.example", put)))
        .isEqualTo(Passage.EXEMPT);
    assertThat(passage(WRITING, Cors.NONE, TestHead.of("OPTIONS", origin, put)))
        .isEqualTo(Passage.EXEMPT);
    assertThat(passage(List.of("OPTIONS"), Cors.NONE, TestHead.of("OPTIONS", origin, put)))
        .isEqualTo(Passage.CLOSED);
  }
}
