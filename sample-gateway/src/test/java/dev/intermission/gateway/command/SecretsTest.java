package dev.intermission.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.connection.LogTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  private static final String GOOD = "a-token-of-32-characters-0123456";

  private final Path folder;

  SecretsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Secrets of(String variable, String value) {
    return new Secrets(Map.of(variable, value));
  }

  private Secrets ofFile(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), content);
    return of("INTERMISSION_ADMIN_TOKEN_FILE", file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n"})
  void finalLineBreakIsTakenOff(String end) throws IOException {
    assertThat(of("INTERMISSION_ADMIN_TOKEN", GOOD + end).adminToken()).isEqualTo(GOOD);
    assertThat(of("INTERMISSION_FEED_TOKEN", "short" + end).feedToken()).isEqualTo("short");
    assertThat(of("INTERMISSION_DATABASE", "jdbc:x y" + end).database()).isEqualTo("jdbc:x y");
    assertThat(ofFile(GOOD + end).adminToken()).isEqualTo(GOOD);
  }

  @Test
  void secretsOfConnectionsAreThoseOfTheVariablesThatTheyName() throws IOException {
    Path file = Files.writeString(folder.resolve("intake"), "Bearer b\n");
    LogTarget.Webhook webhook =
        new LogTarget.Webhook(
            URI.create("http://a/"),
            "POST",
            Map.of(),
            Map.of("Authorization", "ONE", "X-Key", "TWO", "X-Other", "THREE"),
            Duration.ofSeconds(1));
    Secrets secrets = new Secrets(Map.of("ONE", "a", "TWO_FILE", file.toString(), "FOUR", "d"));
    assertThat(secrets.ofConnections(List.of(new LogConnection("c", Set.of(), webhook))))
        .isEqualTo(Map.of("ONE", "a", "TWO", "Bearer b"));
  }

  @Test
  void nothingIsGivenWhereNoVariableSaysAnything() {
    Secrets secrets = new Secrets(Map.of("INTERMISSION_ADMIN_TOKEN", ""));
    assertThat(secrets.adminToken()).isNull();
    assertThat(secrets.feedToken()).isNull();
    assertThat(secrets.database()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\r", "\n\n", "\r\r\n", "\n\r", "\t", "\u0000", "\u007f", "\u0085", "\u001b[0m"})
  void otherControlCharactersAreToldByVariableAndCharacterAndTheValueIsNot(String end)
      throws IOException {
    String character = "U+%04X".formatted((int) end.charAt(0));
    for (String variable :
        new String[] {
          "INTERMISSION_ADMIN_TOKEN", "INTERMISSION_FEED_TOKEN", "INTERMISSION_DATABASE"
        }) {
      Secrets secrets = of(variable, GOOD + end);
      assertThatThrownBy(
              () -> {
                secrets.adminToken();
                secrets.feedToken();
                secrets.database();
              })
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "%s has the control character %s at index 32, which is not allowed; a final line break alone is taken off",
              variable, character);
    }
    assertThatThrownBy(ofFile(GOOD + end)::adminToken)
        .hasMessageStartingWith(
            "INTERMISSION_ADMIN_TOKEN_FILE has the control character "
                + character
                + " at index 32");
  }

  @Test
  void tokenThatNoHeaderTakesIsRefused() {
    assertThatThrownBy(of("INTERMISSION_FEED_TOKEN", "two words")::feedToken)
        .hasMessage(
            "INTERMISSION_FEED_TOKEN: The token has the character U+0020 at index 3; allowed are visible ASCII characters, no spaces");
  }

  @Test
  void tokenOfAdminHas32CharactersAtLeast() throws IOException {
    assertThatThrownBy(of("INTERMISSION_ADMIN_TOKEN", GOOD.substring(1))::adminToken)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "INTERMISSION_ADMIN_TOKEN has 31 characters, allowed are 32 or more; 'openssl rand -hex 32' prints a good one");
    assertThatThrownBy(ofFile(GOOD.substring(1) + "\n")::adminToken)
        .hasMessageStartingWith("INTERMISSION_ADMIN_TOKEN_FILE has 31 characters");
  }

  @Test
  void fileThatCannotBeReadIsTold() throws IOException {
    Path none = folder.resolve("none");
    assertThatThrownBy(of("INTERMISSION_FEED_TOKEN_FILE", none.toString())::feedToken)
        .hasMessage("The file %s that INTERMISSION_FEED_TOKEN_FILE names does not exist", none);
    assertThatThrownBy(ofFile("")::adminToken).hasMessageContaining("is empty or has more than");
    assertThatThrownBy(ofFile("\n")::adminToken)
        .hasMessage("INTERMISSION_ADMIN_TOKEN_FILE holds nothing but a line break");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 1});
    assertThatThrownBy(of("INTERMISSION_FEED_TOKEN_FILE", binary.toString())::feedToken)
        .hasMessageContaining("is not UTF-8");
    assertThatThrownBy(of("INTERMISSION_FEED_TOKEN_FILE", "the-secret-itself")::feedToken)
        .hasMessage("The file that INTERMISSION_FEED_TOKEN_FILE names does not exist");
  }

  @Test
  void twoSourcesAreOneTooMany() {
    Secrets secrets =
        new Secrets(
            Map.of("INTERMISSION_FEED_TOKEN", "a", "INTERMISSION_FEED_TOKEN_FILE", "/run/b"));
    assertThatThrownBy(secrets::feedToken)
        .hasMessage(
            "INTERMISSION_FEED_TOKEN and INTERMISSION_FEED_TOKEN_FILE are both set; set one of them");
  }
}
