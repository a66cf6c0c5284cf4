package dev.intermission.trafficlog.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.trafficlog.ConnectorLogSettings;
import dev.intermission.api.trafficlog.MaskMode;
import dev.intermission.api.trafficlog.MethodLogOverride;
import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.PrivacyDefinition.Mask;
import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.PrivacyPattern;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrivacyUnionTest {

  private static ConnectorLogSettings connection(
      @Nullable Boolean isEnabled, @Nullable Boolean hasPrivacy, PrivacyDefinition... definitions) {
    ConnectorLogSettings inherited = ConnectorLogSettings.INHERITED;
    return new ConnectorLogSettings(
        isEnabled,
        inherited.parts(),
        inherited.metadata(),
        inherited.bounded(),
        Map.of(),
        hasPrivacy,
        List.of(definitions));
  }

  private static PrivacyDefinition element(String name, PrivacyOperation operation, Mask mask) {
    return new PrivacyDefinition(
        null, true, PrivacyPattern.ELEMENT_NAME, name, null, operation, mask);
  }

  private static PrivacyDefinition masked(String name) {
    return PrivacyDefinition.ofElement(name);
  }

  private static TrafficLogSettings settings(
      Map<String, ConnectorLogSettings> connections, MethodLogOverride... overrides) {
    return new TrafficLogSettings(Set.of(), connections, List.of(overrides));
  }

  @Test
  void definitionsOfAllConnectionsHoldWhetherTheyAreEnabledOrNot() {
    TrafficLogSettings settings =
        settings(
            Map.of(
                "one", connection(true, null, masked("a"), masked("b")),
                "two", connection(false, null, masked("c")),
                "three", connection(null, true, masked("B ")),
                "four", connection(true, false, masked("d"))));
    assertThat(PrivacyUnion.of(settings, "GET"))
        .extracting(PrivacyDefinition::elementName)
        .containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void overrideOfAMethodComesOnTopForThatMethod() {
    TrafficLogSettings settings =
        settings(
            Map.of("one", connection(true, null, masked("a"))),
            new MethodLogOverride("ALL", Map.of("one", connection(null, null, masked("all")))),
            new MethodLogOverride(
                "POST",
                Map.of(
                    "one", connection(null, null, masked("b")),
                    "two", connection(null, null, masked("c")))));
    assertThat(PrivacyUnion.of(settings, "POST"))
        .extracting(PrivacyDefinition::elementName)
        .containsExactlyInAnyOrder("a", "b", "c");
    assertThat(PrivacyUnion.of(settings, "GET"))
        .extracting(PrivacyDefinition::elementName)
        .containsExactlyInAnyOrder("a", "all");
  }

  @Test
  void overrideThatSwitchesPrivacyOffLeavesThatOfTheConnection() {
    TrafficLogSettings settings =
        settings(
            Map.of("one", connection(true, null, masked("a"))),
            new MethodLogOverride("POST", Map.of("one", connection(null, false))));
    assertThat(PrivacyUnion.of(settings, "POST")).hasSize(1);
  }

  @Test
  void whatTwoConnectionsTreatInDifferentWaysIsMaskedAsAWhole() {
    Mask keeps = new Mask(MaskMode.KEEP_LAST, "*", 4);
    TrafficLogSettings settings =
        settings(
            Map.of(
                "one", connection(true, null, element("card", PrivacyOperation.MASK, keeps)),
                "two", connection(true, null, element("card", PrivacyOperation.MASK, keeps)),
                "three", connection(true, null, element("a", PrivacyOperation.MASK, keeps)),
                "zero",
                    connection(true, null, element(" CARD", PrivacyOperation.HASH, Mask.DEFAULT))));
    List<PrivacyDefinition> union = PrivacyUnion.of(settings, "GET");
    assertThat(union).hasSize(2);
    assertThat(union)
        .filteredOn(one -> "card".equals(one.elementName()))
        .containsExactly(element("card", PrivacyOperation.MASK, Mask.DEFAULT));
    assertThat(union).contains(element("a", PrivacyOperation.MASK, keeps));
  }

  @Test
  void detectionStaysBesideAMask() {
    TrafficLogSettings settings =
        settings(
            Map.of(
                "one",
                connection(
                    true, null, element("a", PrivacyOperation.DETECT, Mask.DEFAULT), masked("a"))));
    assertThat(PrivacyUnion.of(settings, "GET"))
        .extracting(PrivacyDefinition::operation)
        .containsExactly(PrivacyOperation.DETECT, PrivacyOperation.MASK);
  }
}
