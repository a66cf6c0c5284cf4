package dev.intermission.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.admin.access.ClientSecret;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.Right;
import dev.intermission.api.User;
import dev.intermission.feed.FeedProtocol;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.config.FeedConfig;
import dev.intermission.gateway.config.Front;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.Role;
import dev.intermission.gateway.config.YamlCatalog;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users with few rights, tokens that end, and a gateway node that is gone. */
class WhoAndWhereTest {

  private static final String NODE_TOKEN = "token-of-node";

  private final RunningGateway gateway;
  private final Path config;
  private final String url;

  WhoAndWhereTest(@TempDir Path folder) throws Exception {
    config = folder.resolve("config");
    gateway = RunningGateway.start(config(folder.resolve("data")));
    url = "http://127.0.0.1:" + gateway.adminPort();
    gateway.gateway().tokens().keep("node", NODE_TOKEN);
  }

  private static GatewayConfig config(Path data) {
    ApiProxy orders = RunningGateway.proxy("orders", "/orders", "http://127.0.0.1:1");
    ApiProxy stock = RunningGateway.proxy("stock", "/stock", "http://127.0.0.1:1");
    return RunningGateway.part(
        data,
        Role.ALL,
        null,
        Front.HANDLER,
        FeedConfig.NONE,
        new YamlCatalog(
            Set.of("production"),
            Set.of("MyProject"),
            Map.of(orders, Set.of("production"), stock, Set.of("production")),
            Set.of(
                new User("admin", true, Map.of(), null),
                new User("viewer", false, Map.of("MyProject", Set.of(Right.VIEW)), null),
                new User("job", true, Map.of(), ClientSecret.hash("secret-of-job")),
                new User("node", false, Map.of(), null, Set.of("production")))));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Typed type(String token, String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--url";
    all[words.length + 1] = url;
    return Typed.with(Map.of("INTERMISSION_TOKEN", token), all);
  }

  @Test
  void userWithoutTheRightIsDeniedAndMayLook() throws Exception {
    gateway.gateway().tokens().keep("viewer", "token-of-viewer");
    Typed denied = type("token-of-viewer", "close", "orders");
    assertThat(denied.code()).isEqualTo(4);
    assertThat(denied.err()).contains("User does not have required permission");
    assertThat(type("token-of-viewer", "status").out()).contains("MyProject/orders");
    assertThat(gateway.call("/orders").statusCode()).isEqualTo(502);
  }

  @Test
  void tokenThatHasExpiredIsDenied() {
    String token = gateway.gateway().tokens().create("admin", Duration.ofMillis(1)).secret();
    await()
        .untilAsserted(
            () -> {
              Typed expired = type(token, "status");
              assertThat(expired.code()).isEqualTo(4);
              assertThat(expired.err())
                  .contains("Token was expired!")
                  .contains("Give another token: by 'intermission context add'");
            });
  }

  @Test
  void tokenOfAClientIsMadeKeptAndRenewed() throws Exception {
    Map<String, String> environment = Map.of("XDG_CONFIG_HOME", config.toString());
    Path file = config.resolve("intermission/contexts.yaml");
    Typed.at(
        environment,
        "secret-of-job\n",
        false,
        "context",
        "add",
        "job",
        "--url",
        url,
        "--client-id",
        "job");
    assertThat(Typed.with(environment, "close", "orders").code()).isZero();
    String kept = tokenIn(file);
    assertThat(Typed.with(environment, "status").code()).isZero();
    assertThat(tokenIn(file)).isEqualTo(kept);

    Files.writeString(file, Files.readString(file).replace(kept, "imt_revoked"));
    assertThat(Typed.with(environment, "open", "orders").code()).isZero();
    String renewed = tokenIn(file);
    assertThat(renewed).isNotEqualTo("imt_revoked");
    Files.writeString(
        file,
        Files.readString(file)
            .replaceAll("tokenExpires: .*", "tokenExpires: '2020-01-01T00:00:00Z'"));
    assertThat(Typed.with(environment, "status").code()).isZero();
    assertThat(tokenIn(file)).isNotEqualTo(renewed);

    Typed.at(
        environment, "wrong\n", false, "context", "add", "job", "--url", url, "--client-id", "job");
    Typed refused = Typed.with(environment, "status");
    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err()).contains("Bad credentials").doesNotContain("wrong");
  }

  private static String tokenIn(Path file) throws Exception {
    Matcher token = Pattern.compile("token: (\\S+)").matcher(Files.readString(file));
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  @Test
  void gatewayThatIsGoneIsNamedAndTheChangeIsSaved() throws Exception {
    HttpRequest asks =
        HttpRequest.newBuilder(
                URI.create(url + FeedProtocol.PATH + "?environment=production&after=0&wait=0"))
            .header("Authorization", "Bearer " + NODE_TOKEN)
            .header(FeedProtocol.NODE, "gateway-9")
            .header(FeedProtocol.FORMAT, "99")
            .build();
    HttpResponse<Void> answer =
        HttpClient.newHttpClient().send(asks, HttpResponse.BodyHandlers.discarding());
    assertThat(answer.statusCode()).isEqualTo(200);

    Typed closed = type(RunningGateway.ADMIN_TOKEN, "close", "orders", "--json");
    assertThat(closed.code()).as(closed.err()).isEqualTo(3);
    assertThat(closed.err()).contains("not served yet by gateway-9 in production");
    assertThat(closed.json().path("exitCode").asInt()).isEqualTo(3);
    assertThat(closed.json().path("nodes").findValuesAsText("name")).contains("gateway-9");
    assertThat(gateway.call("/orders").statusCode()).isEqualTo(503);

    Typed opened = type(RunningGateway.ADMIN_TOKEN, "open", "orders", "stock", "--yes");
    assertThat(opened.code()).as(opened.err()).isEqualTo(3);
    assertThat(opened.err())
        .containsPattern("production +\\S+ +took it")
        .contains("gateway-9  is BEHIND")
        .contains("not served yet by gateway-9 in production");
    assertThat(gateway.call("/orders").statusCode()).isEqualTo(502);
  }
}
