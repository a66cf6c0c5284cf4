package dev.intermission.api.trafficlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.trafficlog.PrivacyDefinition.Mask;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which settings are in force for a request, and which are refused. */
class TrafficLogSettingsTest {

  private static ConnectorLogSettings enabled(Map<LogPart, Boolean> parts) {
    return new ConnectorLogSettings(
        true, new Switches<>(parts), Switches.none(), Switches.none(), Map.of(), null, null);
  }

  private static ConnectorLogSettings parts(Map<LogPart, Boolean> parts) {
    return new ConnectorLogSettings(
        null, new Switches<>(parts), Switches.none(), Switches.none(), Map.of(), null, null);
  }

  private static Set<LogPart> inForce(TrafficLogSettings settings, String method) {
    return Objects.requireNonNull(settings.inForce("file", method)).parts();
  }

  @Test
  void nothingIsLoggedUnlessAConnectionIsEnabled() {
    assertThat(TrafficLogSettings.DEFAULT.inForce("file", "GET")).isNull();
    TrafficLogSettings named =
        new TrafficLogSettings(
            Set.of(LogPart.BODY_REQUEST_FROM_CLIENT),
            Map.of("file", ConnectorLogSettings.INHERITED),
            List.of());
    assertThat(named.inForce("file", "GET")).isNull();
    assertThat(named.withOverride("GET", "file", enabled(Map.of())).inForce("file", "GET"))
        .isNotNull();
  }

  @Test
  void eachPartIsAsTheMethodSaysElseAllMethodsElseTheConnectionElseTheProxy() {
    LogPart part = LogPart.BODY_REQUEST_FROM_CLIENT;
    TrafficLogSettings settings =
        new TrafficLogSettings(EnumSet.of(part), Map.of("file", enabled(Map.of())), List.of());
    assertThat(inForce(settings, "GET")).containsExactly(part);
    TrafficLogSettings connector =
        new TrafficLogSettings(
            settings.parts(), Map.of("file", enabled(Map.of(part, false))), List.of());
    assertThat(inForce(connector, "GET")).isEmpty();
    TrafficLogSettings all =
        connector.withOverride(MethodLogOverride.ALL, "file", parts(Map.of(part, true)));
    assertThat(inForce(all, "GET")).containsExactly(part);
    TrafficLogSettings get = all.withOverride("GET", "file", parts(Map.of(part, false)));
    assertThat(inForce(get, "GET")).isEmpty();
    assertThat(inForce(get, "POST")).containsExactly(part);
    assertThat(get.withOverride("GET", "file", null)).isEqualTo(all);
  }

  @Test
  void bodiesAreNotLoggedByDefaultAndOtherPartsAre() {
    assertThat(TrafficLogSettings.DEFAULT.parts())
        .hasSize(6)
        .allMatch(part -> part.kind() != LogPart.Kind.BODY);
  }

  @Test
  void aSizeBoundsUnlessItIsSwitchedOff() {
    ConnectorLogSettings off =
        new ConnectorLogSettings(
            true,
            Switches.none(),
            Switches.none(),
            new Switches<>(Map.of(LogRegion.REQUEST_TO_TARGET, false)),
            Map.of(LogRegion.REQUEST_TO_TARGET, 5, LogRegion.REQUEST_FROM_CLIENT, 7),
            null,
            null);
    TrafficLogSettings settings = new TrafficLogSettings(Set.of(), Map.of("a", off), List.of());
    assertThat(Objects.requireNonNull(settings.inForce("a", "GET")).sizes())
        .containsEntry(LogRegion.REQUEST_FROM_CLIENT, 7)
        .containsEntry(LogRegion.REQUEST_TO_TARGET, ConnectorLogSettings.MAX_SIZE)
        .hasSize(4);
  }

  @Test
  void whatIsPrivateIsCheckedAndEncryptionIsRefusedWithAReason() {
    assertThatThrownBy(() -> PrivacyOperation.parse("ENCRYPT"))
        .hasMessageStartingWith("is ENCRYPT, which is not supported: whoever has the key");
    assertThatThrownBy(() -> PrivacyOperation.parse("mask"))
        .hasMessage("is mask; allowed are MASK, DELETE, HASH, DETECT");
    assertThatThrownBy(() -> PrivacyDefinition.ofElement(" "))
        .hasMessage("needs the field elementName, since its patternType is ELEMENT_NAME");
    assertThatThrownBy(
            () ->
                new PrivacyDefinition(
                    null,
                    true,
                    PrivacyPattern.EMAIL,
                    "x",
                    null,
                    PrivacyOperation.HASH,
                    Mask.DEFAULT))
        .hasMessage("has the field elementName, which goes with the patternType ELEMENT_NAME only");
    assertThatThrownBy(() -> Mask.of(MaskMode.KEEP_LAST, null, null))
        .hasMessage(
            "has the maskVisibleCharCount 0; allowed are 1 to 1000 for the maskMode KEEP_LAST");
    assertThatThrownBy(() -> Mask.of(MaskMode.KEEP_LAST, "ab", 3))
        .hasMessageContaining("several characters");
    assertThat(Mask.of(null, null, null)).isEqualTo(Mask.DEFAULT);
  }

  @Test
  void aSaltIsNotShown() {
    HashSalt salt = HashSalt.random();
    assertThat(salt.toString()).doesNotContain(salt.text());
    assertThat(salt.bytes()).hasSize(32);
    assertThatThrownBy(() -> new HashSalt("secret")).hasMessageNotContaining("secret");
  }

  @Test
  void maskWithNulIsRefused() {
    assertThatThrownBy(() -> PrivacyDefinition.Mask.of(null, "a\0b", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maskPattern");
  }
}
