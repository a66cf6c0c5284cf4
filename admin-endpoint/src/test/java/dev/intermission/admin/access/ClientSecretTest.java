package dev.intermission.admin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSecretTest {

  @Test
  void aSecretMatchesItsHashAndNoOther() {
    String secret = "correct horse \u00e9\ud83d\ude00";
    String hash = ClientSecret.hash(secret);
    assertThat(hash).startsWith("$2b$12$").matches(ClientSecret::isHash);
    assertThat(ClientSecret.hash(secret)).isNotEqualTo(hash);
    assertThat(ClientSecret.matches(secret, hash)).isTrue();
    assertThat(ClientSecret.matches("correct horse", hash)).isFalse();
    assertThat(ClientSecret.matches("", hash)).isFalse();
    assertThat(ClientSecret.matches(secret, null)).isFalse();
  }

  @Test
  void theLongestSecretCountsToItsLastByte() {
    String longest = "x".repeat(71) + "y";
    String hash = ClientSecret.hash(longest);
    assertThat(ClientSecret.matches(longest, hash)).isTrue();
    assertThat(ClientSecret.matches("x".repeat(72), hash)).isFalse();
    assertThat(ClientSecret.matches(longest + "z", hash)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Made by htpasswd -B and by other bcrypt implementations.
        "$2y$10$HTPASSWD",
        "$2a$10$HTPASSWD"
      })
  void hashesOfOtherToolsAreTaken(String form) {
    String hash = form.replace("HTPASSWD", "eLx6NiePqVkdnWuyDrAeb.8pUWnftKOOmW2DQXz/mf2HMLJ0ppVZW");
    assertThat(ClientSecret.isHash(hash)).isTrue();
    assertThat(ClientSecret.matches("correct horse", hash)).isTrue();
    assertThat(ClientSecret.matches("correct hors", hash)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "$2b$12$short",
        "$2b$09$bsFOg60.UFL6pQYMYR05T.8NhkRlVMO3QOIFG80t2NpVvWTpqeUQa",
        "$2b$31$bsFOg60.UFL6pQYMYR05T.8NhkRlVMO3QOIFG80t2NpVvWTpqeUQa",
        "$2x$12$bsFOg60.UFL6pQYMYR05T.8NhkRlVMO3QOIFG80t2NpVvWTpqeUQa",
        "$2b$12$bsFOg60.UFL6pQYMYR05T.8NhkRlVMO3QOIFG80t2NpVvWTpqeUQa\n",
        "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA"
      })
  void anythingElseIsNoHash(String text) {
    assertThat(ClientSecret.isHash(text)).isFalse();
    assertThatThrownBy(() -> ClientSecret.matches("x", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The user's password hash is not a bcrypt hash");
  }

  @Test
  void aSecretThatBcryptWouldCutIsRefused() {
    assertThatThrownBy(() -> ClientSecret.hash("\u00e9".repeat(37)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The secret has 74 bytes in UTF-8, allowed are 1 to 72");
    assertThatThrownBy(() -> ClientSecret.hash(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The secret has 0 bytes in UTF-8, allowed are 1 to 72");
  }
}
