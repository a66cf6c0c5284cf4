package dev.intermission.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.AdmissionSalt;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.trafficlog.HashSalt;
import dev.intermission.api.trafficlog.LogInForce;
import dev.intermission.api.trafficlog.LogMetadata;
import dev.intermission.api.trafficlog.LogPart;
import dev.intermission.api.trafficlog.LogRegion;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import java.util.Objects;
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
  void settingsOfTheTrafficLogAreReadAsTheyWereWritten() {
    TrafficLogSettings settings =
        TrafficLogJson.read(
            """
            {"logBodyRequestFromClient":true,"logParamRequestToTarget":false,
             "connectorSettingsMap":{"file":{"enabled":true,"enableMetrics":false,
               "enableBodyFromClientSize":true,"sizeBodyFromClient":10,"enablePrivacy":true,
               "privacyDefinitionList":[
                 {"elementName":"password","operation":"DELETE"},
                 {"name":"mail","patternType":"EMAIL","operation":"MASK","maskMode":"KEEP_LAST",
                  "maskPattern":"#","maskVisibleCharCount":3},
                 {"patternType":"REGEX","regexPattern":"a+","operation":"HASH"}]}},
             "methodOverrideList":[{"apiMethodId":"7","apiMethodName":"/*",
               "connectorSettingsMap":{"file":{"logBodyRequestFromClient":false}}}]}
            """);
    ProxyParts parts = ProxyParts.NONE.withTrafficLog(settings, new HashSalt("0".repeat(64)));
    assertThat(PartsJson.read(PartsJson.write(parts))).isEqualTo(parts);
    assertThat(settings.privacyDefinitions()).hasSize(3);
    LogInForce posts = Objects.requireNonNull(settings.inForce("file", "POST"));
    assertThat(posts.parts())
        .doesNotContain(LogPart.BODY_REQUEST_FROM_CLIENT, LogPart.PARAM_REQUEST_TO_TARGET)
        .contains(LogPart.HEADER_RESPONSE_TO_CLIENT);
    assertThat(posts.sizes()).containsEntry(LogRegion.REQUEST_FROM_CLIENT, 10);
    assertThat(posts.metadata()).doesNotContain(LogMetadata.METRICS).hasSize(5);
  }

  @Test
  void whatANewerProgramSaysOfTheTrafficLogLetsNothingBeLoggedAndTheRestIsRead() {
    ProxyParts parts =
        PartsJson.read(
            """
            {"admissionSalt":"%s","trafficLog":{"connectorSettingsMap":{"file":{"enabled":true,
              "privacyDefinitionList":[{"patternType":"PASSPORT","operation":"MASK"}]}}}}
            """
                .replace("%s", SALT));
    assertThat(parts).isEqualTo(ProxyParts.NONE.withAdmissionSalt(AdmissionSalt.parse(SALT)));
  }

  @Test
  void whatIsNoSaltIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> PartsJson.read("{\"admissionSalt\":\"" + SALT + "0\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("admissionSalt is no salt of 32 lower-case hexadecimal digits");
  }
}
