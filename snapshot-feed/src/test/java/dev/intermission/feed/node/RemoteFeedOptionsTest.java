package dev.intermission.feed.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.feed.FeedProtocol;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteFeedOptionsTest {

  private static final List<URI> ADMINS = List.of(URI.create("https://admin.example:9090/"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:p4ssw0rd@admin.example:9090",
        "https://p4ssw0rd@admin.example",
        "http://user:p4ssw0rd@bad_host:9090",
        "user:p4ssw0rd@admin.example:9090",
        "ftp://user:p4ssw0rd@admin.example",
        "http://user:p4ss w0rd@admin.example",
        "http://admin.example/?token=p4ssw0rd",
        "http://admin.example/p4ssw0rd",
        "http://admin.example#p4ssw0rd",
        "p4ssw0rd",
        "p4ss:w0rd%"
      })
  void addressIsRefusedWithoutSayingWhatMayBeAPassword(String text) {
    assertThatThrownBy(() -> AdminAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageStartingWith("the admin node's address")
        .hasMessageContaining("is not allowed; write http://host:port or https://host:port")
        .hasMessageNotContaining("p4ss")
        .hasMessageNotContaining("w0rd");
  }

  @Test
  void optionsRefuseAnAddressWithAPassword() {
    List<URI> admins = List.of(ADMINS.get(0), URI.create("http://user:p4ssw0rd@admin.example"));
    assertThatThrownBy(() -> RemoteFeedOptions.of(admins, "node", "token"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the admin node's address has a user or a password before an '@', which is not allowed; write http://host:port or https://host:port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret\r", "s3cret\n", "s3 cret", "s3cret\u00e4", "s3cret\u0000"})
  void tokenThatNoHeaderTakesIsRefusedWithoutSayingIt(String token) {
    assertThatThrownBy(() -> RemoteFeedOptions.of(ADMINS, "node", token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The token has the character U+00")
        .hasMessageNotContaining("s3");
  }

  @Test
  void nameThatIsNoneIsRefused() {
    assertThatThrownBy(() -> RemoteFeedOptions.of(ADMINS, "a b", "token"))
        .hasMessage(
            "the node's name 'a b' is not allowed; allowed are 1 to 128 letters, digits and . _ -");
    assertThat(FeedProtocol.isNodeName(FeedProtocol.toNodeName("a b/\u00e4" + "x".repeat(300))))
        .isTrue();
    assertThat(FeedProtocol.toNodeName("")).isEqualTo("-");
  }

  @Test
  void textLeavesTheTokenOut() {
    assertThat(RemoteFeedOptions.of(ADMINS, "node", "s3cret"))
        .hasToString("RemoteFeedOptions[node at [https://admin.example:9090/]]");
  }
}
