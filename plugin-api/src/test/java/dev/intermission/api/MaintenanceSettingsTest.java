package dev.intermission.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceSettingsTest {

  @Test
  void proxyNeverConfiguredIsOpenWithTheDocumentedFault() {
    MaintenanceSettings settings = MaintenanceSettings.DEFAULT;
    assertThat(settings.enabled()).isFalse();
    assertThat(settings.httpStatusCode()).isEqualTo(403);
    assertThat(settings.contentType().value()).isEqualTo("application/json; charset=utf-8");
    assertThat(settings.message())
        .isEqualTo(
            """
            {"fault":{"correlationId":"#CORRELATIONID#","faultCode":"#FAULTCODE#",\
            "faultString":"#FAULTMESSAGE#","faultStatusCode":"#FAULTSTATUSCODE#",\
            "responseFromApi":"#RESPONSEFROMAPI#"}}""");
  }

  @Test
  void everyStatusThatCanCarryABodyIsAllowedAndNoOther() {
    for (int status = -1; status <= 1_000; status++) {
      boolean carriesBody =
          status >= 200 && status <= 599 && status != 204 && status != 205 && status != 304;
      assertThat(MaintenanceSettings.isAllowedStatus(status))
          .as("%d", status)
          .isEqualTo(carriesBody);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 199, 204, 205, 304, 600, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void settingsWithAnyOtherStatusCannotExist(int status) {
    InvalidSettingsException refused =
        catchThrowableOfType(
            InvalidSettingsException.class,
            () -> new MaintenanceSettings(true, status, ContentType.parse("text/plain"), ""));
    assertThat(refused.errors())
        .containsExactly(
            new FieldError(
                "httpStatusCode",
                "is %d; allowed are 200 to 599 without 204, 205 and 304, which cannot carry a body"
                    .formatted(status)));
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    InvalidSettingsException refused =
        catchThrowableOfType(
            InvalidSettingsException.class,
            () ->
                new MaintenanceSettings(
                    true, 204, ContentType.parse("text/plain; charset=us-ascii"), "für"));
    assertThat(refused.errors())
        .extracting(FieldError::field)
        .containsExactly("httpStatusCode", "message");
  }
}
