package dev.intermission.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gate.Wire;
import java.io.IOException;

/**
 * Changes of one proxy, numbered on from 1, each saved and deployed in one call. What a change says
 * follows from its number, so that a change that is there in part shows.
 */
final class NumberedChanges {

  private final String proxy;
  private final String path;
  private volatile int acknowledged;

  /** Makes changes of a proxy of MyProject that was never changed, at this path. */
  NumberedChanges(String proxy, String path) {
    this.proxy = proxy;
    this.path = path;
  }

  private static boolean enabled(int number) {
    return number % 4 != 0;
  }

  private static int status(int number) {
    return 500 + number % 50;
  }

  private static String message(int number) {
    return number + " ".repeat(number * 37 % 5_000);
  }

  private static String json(int number) {
    return """
    {"enabled": %s, "httpStatusCode": %d, "contentType": "text/plain; n=%d", "message": "%s",
     "deploy": true, "deployTargetEnvironmentNameList": ["production"]}"""
        .formatted(enabled(number), status(number), number, message(number));
  }

  /** Returns the number of the last change that was acknowledged. */
  int acknowledged() {
    return acknowledged;
  }

  /** Sends one change after the other until the gateway is gone; called by one thread. */
  void send(Operator operator) {
    while (true) {
      int number = acknowledged + 1;
      try {
        assertThat(Operator.text(operator.patch(proxy, json(number)))).isEqualTo(DemoTest.DEPLOYED);
      } catch (IOException e) {
        // The peer has gone.
        return;
      }
      acknowledged = number;
    }
  }

  /**
   * Asserts that the last change is there entirely: saved, deployed and in force. It is the last
   * acknowledged one or the one after, which was on its way.
   *
   * @return how many are there that were not acknowledged; they are from now on
   */
  int assertWhole(Operator operator, int port) throws IOException {
    String target = Operator.PROXIES + proxy + "/";
    JsonNode saved = operator.result(target + "settings/maintenance-mode/");
    JsonNode status = operator.result(target + "environments/production/deploy-status/");
    int number = status.path("revision").intValue() - 1;
    assertThat(number).isBetween(acknowledged, acknowledged + 1);
    assertThat(status.path("redeployRequired").booleanValue()).isFalse();
    if (number > 0) {
      assertThat(saved.path("enabled").booleanValue()).isEqualTo(enabled(number));
      assertThat(saved.path("httpStatusCode").intValue()).isEqualTo(status(number));
      assertThat(saved.path("contentType").asText()).isEqualTo("text/plain; n=" + number);
      assertThat(saved.path("message").asText()).isEqualTo(message(number));
    }
    Wire.Reply answer = Wire.get(port, path);
    if (number > 0 && enabled(number)) {
      assertThat(answer.status()).isEqualTo(status(number));
      assertThat(answer.field("Content-Type")).isEqualTo("text/plain; n=" + number);
      assertThat(answer.text()).isEqualTo(message(number));
    } else {
      assertThat(answer.text()).startsWith("{\"upstream\":\"demo\"");
    }
    int more = number - acknowledged;
    acknowledged = number;
    return more;
  }
}
