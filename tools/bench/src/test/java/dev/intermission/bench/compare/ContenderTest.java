package dev.intermission.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each contender gives the answer that is compared. */
class ContenderTest {

  private static Contender contender(String name) {
    return new Contender(
        name,
        "here",
        name,
        folder -> {
          throw new IllegalStateException("started elsewhere");
        });
  }

  private static URI url(Server server) {
    return Routes.url(ServeMain.port(server));
  }

  @Test
  void bodyHasNinetyBytes() {
    assertThat(ReceivedAnswer.bytes()).hasSize(90);
  }

  @ParameterizedTest
  @EnumSource
  void jettyContenderGivesTheAnswer(JettyContender jetty) throws Exception {
    Server server = ServeMain.start(jetty);
    try {
      new SameAnswer().check(contender(jetty.label()), url(server));
    } finally {
      server.stop();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HANDLER_RECOMMENDED", "FILTER_RECOMMENDED"})
  void recommendedAnswerHasItsFields(JettyContender jetty) throws Exception {
    Server server = ServeMain.start(jetty);
    try {
      HttpHeaders fields =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(url(server)).build(), BodyHandlers.discarding())
              .headers();
      assertThat(fields.firstValueAsLong("Retry-After").orElse(0)).isGreaterThan(300);
      assertThat(fields.firstValue("Link")).isPresent();
    } finally {
      server.stop();
    }
  }

  @Test
  void anotherAnswerIsRefused() throws Exception {
    Server server = ServeMain.start(JettyContender.OPEN_SERVLET);
    try {
      assertThatThrownBy(
              () -> new SameAnswer().check(contender(JettyContender.FILTER.label()), url(server)))
          .isInstanceOf(CompareException.class)
          .hasMessageContaining("filter (here) does not answer as it must")
          .hasMessageContaining("Expected: 503")
          .hasMessageContaining("Found:    200");
    } finally {
      server.stop();
    }
  }

  @Test
  void nginxGivesTheAnswerWhereItIsInstalled(@TempDir Path folder) throws Exception {
    nativeServerGivesTheAnswer("nginx", NativeServer::nginx, folder);
  }

  @Test
  void haproxyGivesTheAnswerWhereItIsInstalled(@TempDir Path folder) throws Exception {
    nativeServerGivesTheAnswer("haproxy", NativeServer::haproxy, folder);
  }

  private static void nativeServerGivesTheAnswer(
      String program, Function<Path, NativeServer> launcher, Path folder) throws Exception {
    assumeTrue(Programs.find(program).isPresent(), program + " is not installed");
    try (Serving serving = launcher.apply(Programs.find(program).orElseThrow()).launch(folder)) {
      new SameAnswer().check(contender(program), serving.url());
      assertThat(serving.cpuNanos()).isNotNegative();
    }
  }

  @Test
  void javaContenderRunsInAJvmOfItsOwnAndEndsWithItsInput(@TempDir Path folder) throws Exception {
    Jdk jdk = Jdk.at(Path.of(System.getProperty("java.home")));
    JavaLauncher launcher = new JavaLauncher(JettyContender.HANDLER, jdk, List.of("-Xmx128m"));
    Serving serving = launcher.launch(folder);
    try (serving) {
      new SameAnswer().check(contender("handler"), serving.url());
      assertThat(serving.cpuNanos()).isPositive();
    }
    assertThatThrownBy(serving::cpuNanos).hasMessageContaining("handler ended with exit status");
  }
}
