package dev.intermission.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.AdmissionSalt;
import dev.intermission.api.ProxyParts;
import org.junit.jupiter.api.Test;

class PartsJsonTest {

  private static final String SALT = "00000000000000010123456789abcdef";

  @Test
  void saltIsWrittenAndReadButNotShown() {
    ProxyParts parts = ProxyParts.NONE.withAdmissionSalt(AdmissionSalt.parse(SALT));
    String text = PartsJson.write(parts);
    assertThat(text).isEqualTo("{\"admissionSalt\":\"" + SALT + "\"}");
    assertThat(PartsJson.read(text)).isEqualTo(parts);
    assertThat(parts.toString()).doesNotContain("123456789abcdef");
    assertThat(PartsJson.write(ProxyParts.NONE)).isEqualTo("{}");
  }

  @Test
  void whatIsNoSaltIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> PartsJson.read("{\"admissionSalt\":\"" + SALT + "0\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("admissionSalt is no salt of 32 lower-case hexadecimal digits");
  }
}
