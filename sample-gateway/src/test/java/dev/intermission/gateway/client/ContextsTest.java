package dev.intermission.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contexts of a user, and their file. */
class ContextsTest {

  private final Map<String, String> environment;
  private final Path file;

  ContextsTest(@TempDir Path folder) {
    environment = Map.of("XDG_CONFIG_HOME", folder.toString());
    file = folder.resolve("intermission/contexts.yaml");
  }

  private Typed type(String input, String... words) {
    return Typed.at(environment, input, false, words);
  }

  @Test
  void contextsAreKeptForTheirOwnerOnly() throws Exception {
    Typed first =
        type("secret-1\n", "context", "add", "one", "--url", "https://a.example:9090/,http://b:1");
    assertThat(first.out()).isEqualTo("Added the context 'one', which is current\n");
    Typed second =
        type(
            "secret-2\n",
            "context",
            "add",
            "two",
            "--url",
            "http://c:1",
            "--project",
            "P",
            "--client-id",
            "job");
    assertThat(second.out()).contains("'intermission context use two' makes it current");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");

    assertThat(type("", "context", "list").out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            " NAME URLS PROJECT AS",
            "* one https://a.example:9090,http://b:1 token",
            " two http://c:1 P client job");
    assertThat(type("", "context", "use", "two").code()).isZero();
    assertThat(type("", "context", "remove", "one").code()).isZero();
    assertThat(type("", "context", "list").out()).contains("*  two").doesNotContain("one");
    assertThat(type("", "context", "use", "one").code()).isEqualTo(1);
    assertThat(file).content().contains("clientSecret: secret-2").doesNotContain("secret-1");
  }

  @Test
  void fileThatOthersCanReadIsRefused() throws Exception {
    type("secret-1\n", "context", "add", "one", "--url", "http://a:1");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    for (String[] words : new String[][] {{"status"}, {"context", "list"}}) {
      Typed refused = type("", words);
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).contains("chmod 600 " + file).doesNotContain("secret-1");
    }
  }

  @Test
  void faultOfTheFileIsToldWithoutItsText() throws Exception {
    type("secret-1\n", "context", "add", "one", "--url", "http://a:1");
    Files.writeString(file, "contexts:\n  one: {token: secret-1, urls: [http://a:1\n");
    Typed refused = type("", "status");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains(file + ": line ").doesNotContain("secret-1");
    Files.writeString(file, "contexts:\n  one: {token: secret-1}\ncurrent: one\n");
    assertThat(type("", "status").err()).contains("the context 'one' has no list 'urls'");
  }

  @Test
  void programsGetAnObjectAndQuietSaysNothing() throws Exception {
    JsonNode added =
        type("secret-1\n", "context", "add", "one", "--url", "http://a:1,http://b:1", "--json")
            .json();
    assertThat(added.toString())
        .isEqualTo(
            "{\"command\":\"context add\",\"exitCode\":0,\"context\":\"one\",\"current\":\"one\"}");
    Typed quiet =
        type(
            "secret-2\n",
            "context",
            "add",
            "two",
            "--url",
            "http://c:1",
            "--client-id",
            "job",
            "--project",
            "P",
            "-q");
    assertThat(quiet).isEqualTo(new Typed(0, "", ""));
    Typed listed = type("", "context", "list", "--json");
    assertThat(listed.json().toString())
        .isEqualTo(
            "{\"command\":\"context list\",\"exitCode\":0,\"current\":\"one\",\"contexts\":["
                + "{\"name\":\"one\",\"urls\":[\"http://a:1\",\"http://b:1\"],\"ca\":null,\"project\":null,\"clientId\":null},"
                + "{\"name\":\"two\",\"urls\":[\"http://c:1\"],\"ca\":null,\"project\":\"P\",\"clientId\":\"job\"}]}");
    assertThat(type("", "context", "use", "two", "--json").json().path("current").asText())
        .isEqualTo("two");
    assertThat(type("", "context", "remove", "two", "--json").json().toString())
        .isEqualTo(
            "{\"command\":\"context remove\",\"exitCode\":0,\"context\":\"two\",\"current\":null}");
    Typed refused = type("", "context", "use", "two", "--json");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.json().path("exitCode").asInt()).isEqualTo(1);
    assertThat(refused.json().path("error").asText()).contains("There is no context 'two'");
    assertThat(refused.err()).startsWith("intermission context use: There is no context 'two'");
  }

  @Test
  void withoutAContextItIsSaidHowToMakeOne() {
    Typed none = type("", "status");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("intermission context add NAME --url URL");
    assertThat(type("\n", "context", "add", "x", "--url", "http://a:1").code()).isEqualTo(2);
    assertThat(type("t\n", "context", "add", "x", "--url", "http://u:p@a:1").code()).isEqualTo(2);
    assertThat(file).doesNotExist();
  }
}
