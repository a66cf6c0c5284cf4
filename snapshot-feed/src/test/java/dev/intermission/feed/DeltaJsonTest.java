package dev.intermission.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.BypassToken;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.api.trafficlog.ConnectorLogSettings;
import dev.intermission.api.trafficlog.HashSalt;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaJsonTest {

  private static final SnapshotDelta DELTA =
      new SnapshotDelta(
          "production",
          3,
          7,
          List.of(Snapshots.myApi(2, "zurück\n\ud83d\ude00")),
          List.of(new ProxyId("MyProject", "gone")));

  /** Nodes and admin nodes of other versions read this text: a change of it breaks a fleet. */
  private static final String TEXT =
      """
      {"format":1,"delta":{"environment":"production","fromVersion":3,"version":7,"deployed":[\
      {"proxy":{"id":{"project":"MyProject","name":"MyAPI"},"description":"My \\"API\\"",\
      "type":"REST","relativePathList":["/api/v1"],"hostList":["api.example"],\
      "routing":[{"address":"http://127.0.0.1:8081/x","weight":3,"healthMonitoringEnabled":true}],\
      "categoryList":["public"],"sharingType":"PRIVATE","soapToRest":false},"revision":2,\
      "settings":{"enabled":true,"httpStatusCode":503,"contentType":"text/plain;  charset=UTF-8",\
      "message":"zurück\\n\\uD83D\\uDE00"}}],"undeployed":[{"project":"MyProject","name":"gone"}]}}""";

  @Test
  void deltaIsWrittenAsThisText() {
    assertThat(new String(DeltaJson.write(DELTA), UTF_8)).isEqualTo(TEXT);
  }

  @Test
  void deltaIsReadAsItWasWritten() {
    assertThat(DeltaJson.read(DeltaJson.write(DELTA))).isEqualTo(DELTA);
  }

  private static final BypassToken TOKEN =
      new BypassToken(
          "7f",
          "for the testers",
          "a".repeat(64),
          "operator",
          Instant.parse("2026-07-01T10:00:00Z"),
          Instant.parse("2026-07-01T11:00:00Z"));

  private static final String PARTS =
      ",\"parts\":{\"bypassTokens\":[{\"id\":\"7f\",\"description\":\"for the testers\",\"hash\":\""
          + "a".repeat(64)
          + "\",\"username\":\"operator\",\"created\":\"2026-07-01T10:00:00Z\",\"expires\":\"2026-07-01T11:00:00Z\"}]}}]";

  private static SnapshotDelta withToken() {
    DeployedProxy without = DELTA.deployed().get(0);
    DeployedProxy with =
        new DeployedProxy(
            without.proxy(),
            without.revision(),
            without.settings(),
            new ProxyParts(List.of(TOKEN)));
    return new SnapshotDelta("production", 3, 7, List.of(with), DELTA.undeployed());
  }

  @Test
  void partsFollowTheSettingsAndNeedNoNewerFormat() {
    String text = TEXT.replace("}}],\"undeployed\"", "}" + PARTS + ",\"undeployed\"");
    assertThat(new String(DeltaJson.write(withToken()), UTF_8)).isEqualTo(text);
    assertThat(DeltaJson.read(text.getBytes(UTF_8))).isEqualTo(withToken());
  }

  @Test
  void settingsOfTheTrafficLogAreReadAsTheyWereWritten() {
    DeployedProxy with = withToken().deployed().get(0);
    TrafficLogSettings log =
        TrafficLogSettings.DEFAULT.withOverride(
            "GET", "file", ConnectorLogSettings.INHERITED.withEnabled(true));
    SnapshotDelta delta =
        new SnapshotDelta(
            "production",
            3,
            7,
            List.of(
                new DeployedProxy(
                    with.proxy(),
                    with.revision(),
                    with.settings(),
                    with.parts().withTrafficLog(log, new HashSalt("0".repeat(64))))),
            DELTA.undeployed());
    byte[] text = DeltaJson.write(delta);
    assertThat(DeltaJson.read(text)).isEqualTo(delta);
    String newer = new String(text, UTF_8).replace("\"enabled\":true}", "\"enabled\":\"always\"}");
    assertThat(DeltaJson.read(newer.getBytes(UTF_8)).deployed().get(0).parts())
        .isEqualTo(new ProxyParts(List.of(TOKEN), null, null, new HashSalt("0".repeat(64)), null));
  }

  @Test
  void partsOfANewerProgramAreSkipped() {
    String newer =
        new String(DeltaJson.write(withToken()), UTF_8)
            .replace("\"parts\":{", "\"parts\":{\"later\":[{\"x\":1}],")
            .replace("\"id\":\"7f\",", "\"id\":\"7f\",\"later\":{},");
    assertThat(DeltaJson.read(newer.getBytes(UTF_8))).isEqualTo(withToken());
  }

  @Test
  void fieldOfANewerProgramIsSkipped() {
    String newer = TEXT.replace("\"revision\":2,", "\"revision\":2,\"since\":{\"x\":[1]},");
    assertThat(DeltaJson.read(newer.getBytes(UTF_8))).isEqualTo(DELTA);
  }

  @Test
  void fieldsOfANewerProgramAreSkippedInEveryObject() {
    String newer = TEXT.replace("{\"", "{\"later\":{\"x\":[1,null,{}]},\"");
    assertThat(newer.split("later", -1)).hasSize(9);
    assertThat(DeltaJson.read(newer.getBytes(UTF_8))).isEqualTo(DELTA);
  }

  @Test
  void newerFormatIsRefused() {
    String newer = TEXT.replace("{\"format\":1,", "{\"format\":99,");
    assertThatThrownBy(() -> DeltaJson.read(newer.getBytes(UTF_8)))
        .isInstanceOf(UnreadableSnapshotException.class)
        .hasMessage("is of format 99, this program reads format " + DeltaJson.FORMAT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "<html>502</html>",
        "{\"format\":1}",
        "{\"format\":1,\"delta\":null}",
        "{\"format\":1,\"delta\":{\"environment\":\"production\",\"fromVersion\":0,\"version\":1}}"
      })
  void somethingElseIsRefused(String text) {
    assertThatThrownBy(() -> DeltaJson.read(text.getBytes(UTF_8)))
        .isInstanceOf(UnreadableSnapshotException.class);
  }

  @Test
  void settingsThatCannotBeAreRefused() {
    String text = TEXT.replace("\"httpStatusCode\":503", "\"httpStatusCode\":204");
    assertThatThrownBy(() -> DeltaJson.read(text.getBytes(UTF_8)))
        .isInstanceOf(UnreadableSnapshotException.class)
        .hasMessageContaining("204");
  }

  @Test
  void halfABodyIsRefused() {
    byte[] whole = DeltaJson.write(DELTA);
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      byte[] half = Arrays.copyOf(whole, random.nextInt(whole.length));
      assertThatThrownBy(() -> DeltaJson.read(half))
          .as("%d bytes", half.length)
          .isInstanceOf(UnreadableSnapshotException.class);
    }
  }
}
