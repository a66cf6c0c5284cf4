package dev.intermission.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Reading and changing the maintenance mode. */
class MaintenanceModeTest extends AdminTest {

  @Test
  void documentedPatchIsSavedAndDeployed() throws Exception {
    Http.Answer answer =
        patch(
            """
            {"enabled": true, "httpStatusCode": 503, "contentType": "application/json; charset=utf-8",
             "message": "{\\"message\\":\\"Back at six\\"}", "deploy": true,
             "deployTargetEnvironmentNameList": ["production"]}""");
    assertThat(answer.body()).isEqualTo("x");
  }

  @Test
  void smoke() throws Exception {
    for (String target :
        new String[] {
          PROXIES,
          PROXY,
          MODE,
          PRODUCTION + "deploy-status/",
          "/apiops/x",
          PROXIES + "a%2Fb%20%C3%A9;x=1"
        }) {
      Http.Answer answer = get(target);
      System.out.println(answer.status() + " " + answer.fields() + " " + answer.body());
    }
    for (String json :
        new String[] {
          "",
          "[]",
          "{\"a\":1,\"enabled\":\"x\",\"httpStatusCode\":1099511627776,\"deploy\":true}",
          "{\"enabled\":true} x",
          "[".repeat(100_000),
          "{\"message\":" + "[".repeat(100_000),
          "{\"message\":\"\\ud800\"}",
          "{\"message\":\"abc",
          "{\"message\":trux}",
          "{\"httpStatusCode\":1" + "0".repeat(2000) + "}",
          "{\"httpStatusCode\":5e2,\"httpStatusCode\":503.0}"
        }) {
      Http.Answer answer = patch(json);
      System.out.println(answer.status() + " " + answer.body());
    }
  }
}
