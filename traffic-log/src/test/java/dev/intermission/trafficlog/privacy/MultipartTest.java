package dev.intermission.trafficlog.privacy;

import static dev.intermission.trafficlog.privacy.Defined.body;
import static dev.intermission.trafficlog.privacy.Defined.element;
import static dev.intermission.trafficlog.privacy.Defined.redaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.PrivacyOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {

  private static final PrivacyDefinition PASSWORD = element("password", PrivacyOperation.MASK);
  private static final String TYPE = "multipart/form-data; boundary=b";

  private static String left(String text) {
    return body(redaction(PASSWORD), TYPE, text);
  }

  private static String form(String disposition, String value) {
    return "--b\r\nContent-Disposition: " + disposition + "\r\n\r\n" + value + "\r\n--b--\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "form-data; name=\"password\"",
        "form-data; name=\"user[password]\"",
        "form-data; name=user.password",
        "form-data; filename=\"x; name=foo\"; name=\"password\"",
        "form-data; name=\"foo\"; name=\"password\"",
        "form-data; name=foo; NAME=password",
        "form-data; name=\"foo\"; name*=utf-8''password",
        "form-data; name=\"foo\\\"; name=\"password\"",
        "form-data; name=\"foo\"; filename=\"x\\\"; name=\"password",
        "form-data; name=\"foo\"\r\nContent-Disposition: form-data; name=\"password\"",
        "form-data; name=\"foo\"\r\n ; name=\"password\"",
        "form-data; name=\"foo\"\nContent-Disposition: form-data; name=\"password\"",
        "form-data; name=\"foo\"\r\nContent-Transfer-Encoding: base64",
      })
  void partIsHiddenIfItsNameIsOneThatIsLookedForOrIsNotClear(String disposition) {
    assertThat(left(form(disposition, "geheim"))).isEqualTo(form(disposition, "***"));
  }

  @Test
  void partWithAnotherNameStays() {
    String text = form("form-data; filename*=utf-8''x; filename=\"; b\"; name=\"c\" ", "1\r\n2");
    assertThat(left(text)).isEqualTo(text);
    assertThat(left(text.replace("\r\n", "\n"))).isEqualTo(text.replace("\r\n", "\n"));
    assertThat(left(form("form-data; name=file", "user,password\nbob,geheim")))
        .isEqualTo(form("form-data; name=file", "***"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n--b\r\n", "\r\n--bx\r\n", "\r\n--b\n", "\n--b\n"})
  void nothingIsToldBehindABoundaryThatNotAllSee(String boundary) {
    String another = "Content-Disposition: form-data; name=\"c\"";
    String text = form("form-data; name=\"password\"", "a" + boundary + another + "\r\n\r\ngeheim");
    assertThat(left(text)).doesNotContain("geheim").endsWith("since it can't be read]");
  }

  @Test
  void nothingIsToldIfTheBoundaryIsNotClear() {
    String text = form("form-data; name=\"password\"", "geheim");
    for (String type :
        new String[] {
          "multipart/form-data",
          "multipart/form-data; boundary=c; boundary=b",
          "multipart/form-data; x=\"; boundary=b\"; boundary=c",
          "multipart/form-data; boundary*=b",
          "multipart/form-data, multipart/form-data; boundary=b"
        }) {
      assertThat(body(redaction(PASSWORD), type, text)).startsWith("[").doesNotContain("geheim");
    }
  }
}
