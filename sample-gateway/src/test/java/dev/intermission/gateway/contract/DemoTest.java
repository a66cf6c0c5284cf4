package dev.intermission.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gate.Wire;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * What the tests of the started gateway share: one gateway for all tests of a class, in which MyAPI
 * is as it was at the start before each.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DemoTest {

  static final String SAVED = "{\"status\":\"SUCCESS\",\"success\":true}";
  static final String DEPLOYED =
      "{\"status\":\"SUCCESS\",\"success\":true,\"deploymentResult\":{\"success\":true,\"responseTime\":0,"
          + "\"detailList\":[{\"envName\":\"production\",\"podName\":\"gateway-1\",\"podIp\":\"127.0.0.1\",\"success\":true,\"detail\":\"Deployment successful\",\"responseTime\":0}],"
          + "\"deploymentResults\":[{\"environmentName\":\"production\",\"success\":true,\"message\":\"Deployment successful\"}]}}";
  static final String CLOSE =
      """
      {"enabled": true, "httpStatusCode": 503, "contentType": "text/plain; charset=utf-8",
       "message": "Back at six", "deploy": true,
       "deployTargetEnvironmentNameList": ["production"]}""";

  final DemoGateway gateway;
  final Operator operator;

  DemoTest(DemoGateway gateway) {
    this.gateway = gateway;
    operator = gateway.as("operator");
  }

  DemoTest(Path data) throws Exception {
    this(new DemoGateway(data));
  }

  @BeforeEach
  void open() throws IOException {
    Wire.Reply reply =
        operator
            .with("Content-Type: application/merge-patch+json")
            .send(
                "PATCH",
                Operator.MODE,
                """
                {"enabled": null, "httpStatusCode": null, "contentType": null, "message": null,
                 "deploy": true, "deployTargetEnvironmentNameList": ["production"]}"""
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(Operator.text(reply)).isEqualTo(DEPLOYED);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  /** Asserts that the upstream answers, and that it saw this path. */
  void assertOpen(String path) throws IOException {
    Wire.Reply reply = gateway.get(path);
    assertThat(reply.status()).as(reply.statusLine()).isEqualTo(200);
    assertThat(Operator.text(reply))
        .isEqualTo("{\"upstream\":\"demo\",\"method\":\"GET\",\"path\":\"" + path + "\"}\n");
  }

  /** Asserts that the gate answers with what {@link #CLOSE} says. */
  void assertClosed(String target) throws IOException {
    Wire.Reply reply = gateway.get(target);
    assertThat(reply.status()).as(target).isEqualTo(503);
    assertThat(Operator.text(reply)).isEqualTo("Back at six");
  }
}
