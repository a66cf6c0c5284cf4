package dev.intermission.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.ProxyId;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.data.DataFolderException;
import dev.intermission.gateway.demo.DemoUpstream;
import dev.intermission.gateway.server.ListenException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of a gateway together. */
class GatewayTest {

  private static final ProxyId CLOSED = new ProxyId("MyProject", "closed");
  private static final String CLOSE =
      """
      {"enabled": true, "httpStatusCode": 503, "message": "gone",
       "deploy": true, "deployTargetEnvironmentNameList": ["production"]}""";

  private final Path folder;
  private final DemoUpstream upstream;
  private final GatewayConfig config;
  private RunningGateway gateway;

  GatewayTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    upstream = new DemoUpstream(List.of("/closed", "/open"));
    config =
        RunningGateway.config(
            folder.resolve("data"),
            RunningGateway.proxy("closed", "/closed", upstream.address("/closed").toString()),
            RunningGateway.proxy("open", "/open", upstream.address("/open").toString()));
    gateway = RunningGateway.start(config, upstream.requests());
  }

  @AfterEach
  void stop() {
    gateway.close();
    upstream.close();
  }

  @Test
  void probesAnswerWithoutAToken() throws Exception {
    HttpResponse<String> health = gateway.probe("/healthz");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).isEqualTo("{\"status\":\"up\"}\n");
    HttpResponse<String> ready = gateway.probe("/readyz");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body())
        .isEqualTo("{\"status\":\"ready\",\"environment\":\"production\",\"servedVersion\":1}\n");
  }

  @Test
  void managementApiIsNotOnTheTrafficPortNorTrafficOnTheManagementPort() throws Exception {
    assertThat(gateway.call("/apiops/projects/MyProject/apiProxies/").statusCode()).isEqualTo(404);
    assertThat(gateway.call("/healthz").statusCode()).isEqualTo(404);
    assertThat(gateway.probe("/open").statusCode()).isEqualTo(404);
    assertThat(gateway.probe("/open").body())
        .isEqualTo(
            """
            {"status":"FAILURE","resultMessage":"There is nothing at this path",\
            "error":"not_found","error_description":"There is nothing at this path"}""");
  }

  @Test
  void closedProxysBackendIsNotCalledWhateverTheSpelling() throws Exception {
    assertThat(gateway.call("/closed/x").statusCode()).isEqualTo(200);
    assertThat(gateway.patch(CLOSED, CLOSE).statusCode()).isEqualTo(200);
    for (String spelling :
        List.of(
            "/closed",
            "/closed/x",
            "//closed",
            "/%63losed/x",
            "/closed;a=b/x",
            "/open/../closed",
            "/open/%2e%2e/closed",
            "/open/..%2fclosed",
            "/./closed/",
            "/closed%2Fx")) {
      try (Peer client =
          Peer.connect(gateway.trafficPort())
              .sendHead("GET " + spelling + " HTTP/1.1", "Host: g")) {
        Peer.Head head = client.readHead();
        assertThat(head.status()).as(spelling).isEqualTo(503);
        assertThat(client.readBody(head)).isEqualTo("gone");
      }
    }
    assertThat(gateway.call("/open").statusCode()).isEqualTo(200);
    assertThat(gateway.probe("/demo/requests").body())
        .isEqualTo("{\"total\":2,\"byPath\":{\"/closed\":1,\"/open\":1}}\n");
  }

  @Test
  void whatWasDeployedIsServedAfterARestart() throws Exception {
    assertThat(gateway.patch(CLOSED, CLOSE).statusCode()).isEqualTo(200);
    gateway.close();
    gateway = RunningGateway.start(config);
    assertThat(gateway.call("/closed").statusCode()).isEqualTo(503);
    assertThat(gateway.call("/open").statusCode()).isEqualTo(200);
  }

  @Test
  void proxyThatIsGoneFromTheConfigurationIsServedNoMore() throws Exception {
    gateway.close();
    gateway =
        RunningGateway.start(
            RunningGateway.config(
                folder.resolve("data"),
                RunningGateway.proxy("open", "/elsewhere", upstream.address("/open").toString())));
    assertThat(gateway.call("/closed").statusCode()).isEqualTo(404);
    assertThat(gateway.call("/open").statusCode()).isEqualTo(404);
    assertThat(gateway.call("/elsewhere").statusCode()).isEqualTo(200);
  }

  @Test
  void gatewayThatCannotStartGivesBackWhatItTook() throws Exception {
    GatewayConfig taken =
        RunningGateway.with(
            config, traffic -> traffic.at(null, gateway.trafficPort()), a -> a, u -> u);
    assertThatThrownBy(() -> RunningGateway.start(taken)).isInstanceOf(ListenException.class);
    assertThatThrownBy(() -> RunningGateway.start(config)).isInstanceOf(DataFolderException.class);
    assertThat(gateway.call("/open").statusCode()).isEqualTo(200);

    int traffic = gateway.trafficPort();
    gateway.close();
    gateway =
        RunningGateway.start(RunningGateway.with(config, t -> t.at(null, traffic), a -> a, u -> u));
    assertThat(gateway.call("/open").statusCode()).isEqualTo(200);
  }
}
