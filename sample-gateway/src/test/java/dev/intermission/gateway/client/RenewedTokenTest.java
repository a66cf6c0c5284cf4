package dev.intermission.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.intermission.admin.access.ClientSecret;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.User;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.ShiftedClock;
import dev.intermission.gateway.client.output.Screen;
import dev.intermission.gateway.config.FeedConfig;
import dev.intermission.gateway.config.Front;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.Role;
import dev.intermission.gateway.config.YamlCatalog;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tokens of a client id: how many are made, where they are kept, and what happens when they end.
 */
class RenewedTokenTest {

  private static final Duration LONG = Duration.ofSeconds(90);

  private final Path folder;
  private final Path file;
  private final Map<String, String> environment;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final ShiftedClock clock = new ShiftedClock();
  private RunningGateway gateway;

  RenewedTokenTest(@TempDir Path folder) {
    this.folder = folder;
    environment = Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString());
    file = folder.resolve("config/intermission/contexts.yaml");
  }

  @BeforeEach
  void start() throws Exception {
    gateway = RunningGateway.start(config(), clock);
    assertThat(add("job", "secret-of-job").code()).isZero();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private GatewayConfig config() {
    ApiProxy orders = RunningGateway.proxy("orders", "/orders", "http://127.0.0.1:1");
    return RunningGateway.part(
        folder.resolve("data"),
        Role.ALL,
        null,
        Front.HANDLER,
        FeedConfig.NONE,
        new YamlCatalog(
            Set.of("production"),
            Set.of("MyProject"),
            Map.of(orders, Set.of("production")),
            Set.of(
                new User("admin", true, Map.of(), null),
                new User("job", true, Map.of(), ClientSecret.hash("secret-of-job")))));
  }

  private Typed add(String name, String secret) {
    return Typed.at(
        environment,
        secret + "\n",
        false,
        "context",
        "add",
        name,
        "--url",
        "http://127.0.0.1:" + gateway.adminPort(),
        "--client-id",
        "job");
  }

  private long tokensMade() {
    return gateway.gateway().tokens().list().stream()
        .filter(token -> token.username().equals("job"))
        .count();
  }

  private Typed ok(String... words) {
    Typed typed = Typed.with(environment, words);
    assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
    return typed;
  }

  @Test
  void oneTokenServesAllCallsOfSeveralCommands() throws Exception {
    ok("close", "orders", "--for", "1h", "--wait-drained");
    ok("open", "orders");
    ok("history", "orders");
    assertThat(tokensMade()).isEqualTo(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file).content().contains("current: job", "tokenExpires: ", "clientSecret: ");
  }

  @Test
  void tokenOfAnotherContextLeavesTheCurrentOneAlone() throws Exception {
    add("other", "secret-of-job");
    ok("status", "--context", "other");
    assertThat(file).content().contains("current: job");
    ok("context", "remove", "job");
    Files.writeString(file, Files.readString(file).replaceAll("(?m)^ *token.*\n", ""));
    ok("status", "--context", "other");
    assertThat(file).content().doesNotContain("current").contains("token: imt_");
  }

  @Test
  void commandsAtTheSameTimeLoseNoContext() throws Exception {
    List<CompletableFuture<Typed>> running =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            i % 2 == 0
                                ? add("context-" + i, "secret-of-job")
                                : Typed.with(environment, "status")))
            .toList();
    for (CompletableFuture<Typed> one : running) {
      Typed typed = one.get(LONG.toSeconds(), TimeUnit.SECONDS);
      assertThat(typed.code()).as(typed.err()).isZero();
    }
    assertThat(ok("context", "list").out())
        .contains("* ", "context-0", "context-2", "context-4", "context-6");
    assertThat(file).content().contains("current: job", "token: imt_");
  }

  @Test
  void tokenThatCannotBeKeptIsUsedAllTheSame() throws Exception {
    Files.deleteIfExists(file.resolveSibling("contexts.yaml.lock"));
    Files.createDirectory(file.resolveSibling("contexts.yaml.lock"));
    Typed closed = ok("close", "orders");
    assertThat(closed.err()).containsOnlyOnce("does not keep the new token");
    assertThat(tokensMade()).isEqualTo(1);
  }

  @Test
  void watchGoesOnWithANewTokenWhenItsOwnEnds() throws Exception {
    watch();
    awaitText(out, "production: 0 of 1 closed");
    for (int renewals = 1; renewals <= 2; renewals++) {
      clock.shift(Duration.ofHours(30L * renewals));
      int expected = renewals + 1;
      await().atMost(LONG).until(() -> tokensMade() == expected);
      int status = 500 + renewals;
      gateway.patch(
          new ProxyId("MyProject", "orders"),
          "{\"enabled\":true,\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"],\"httpStatusCode\":"
              + status
              + "}");
      awaitText(out, "is closed in production with " + status);
      assertThat(tokensMade()).isEqualTo(expected);
    }
    assertThat(ended).isNotDone();
  }

  @Test
  void watchMakesATokenInPlaceOfOneThatWasRevoked() throws Exception {
    watch();
    awaitText(out, "production: 0 of 1 closed");
    gateway
        .gateway()
        .tokens()
        .list()
        .forEach(token -> gateway.gateway().tokens().revoke(token.id()));
    await().atMost(LONG).until(() -> tokensMade() == 2);
    assertThat(ended).isNotDone();
  }

  @Test
  void watchWithATokenThatIsNotRenewedEndsWithItAndSaysWhatToDo() throws Exception {
    watch(
        Map.of(
            "INTERMISSION_TOKEN",
            gateway.gateway().tokens().create("admin", Duration.ofHours(1)).secret()),
        "--url",
        "http://127.0.0.1:" + gateway.adminPort());
    awaitText(out, "production: 0 of 1 closed");
    clock.shift(Duration.ofHours(2));
    assertThat(ended.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(4);
    assertThat(err.toString(UTF_8))
        .contains("The token is not valid any more (TOKEN_EXPIRED)")
        .contains("Give another token: by 'intermission context add'");
  }

  @Test
  void tokensAreNotMadeWithoutAnEndWhereNoneIsTaken() throws Exception {
    AtomicInteger made = new AtomicInteger();
    HttpServer broken =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    broken.createContext(
        "/",
        exchange -> {
          boolean token = exchange.getRequestURI().getPath().endsWith("/token");
          byte[] body =
              (token
                      ? "{\"access_token\":\"imt_"
                          + made.incrementAndGet()
                          + "\",\"expires_in\":3600}"
                      : "event: end\ndata: {\"reason\":\"TOKEN_EXPIRED\"}\n\n")
                  .getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    broken.start();
    try {
      Typed.at(
          environment,
          "secret\n",
          false,
          "context",
          "add",
          "broken",
          "--url",
          "http://127.0.0.1:" + broken.getAddress().getPort(),
          "--client-id",
          "job");
      Typed ended = Typed.with(environment, "watch", "--context", "broken");
      assertThat(ended.code()).as(ended.err()).isEqualTo(4);
      assertThat(made).hasValue(2);
    } finally {
      broken.stop(0);
    }
  }

  private void watch() {
    watch(environment);
  }

  private void watch(Map<String, String> variables, String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "watch";
    System.arraycopy(options, 0, words, 1, options.length);
    Screen screen =
        new Screen(
            InputStream.nullInputStream(),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false);
    Client client = new Client(variables, screen, Clock.systemUTC(), ZoneOffset.UTC);
    Thread thread = new Thread(() -> ended.complete(ClientCommands.run(client, words)));
    thread.setDaemon(true);
    thread.start();
  }

  private void awaitText(ByteArrayOutputStream stream, String text) {
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(stream.toString(UTF_8) + err).contains(text));
  }
}
