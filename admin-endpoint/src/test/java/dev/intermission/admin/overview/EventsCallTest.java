package dev.intermission.admin.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.admin.Http;
import dev.intermission.admin.UnchangedServerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls for the event stream that get none. */
class EventsCallTest extends UnchangedServerTest {

  private static final String EVENTS = "/apiops/maintenance/events/";

  @ParameterizedTest
  @CsvSource({
    "closed=yes, closed is 'yes'; allowed are true and false",
    "environment=mars, Environment (mars) is not found!",
    "project=mars, Project (mars) is not found!",
    "page=1, The query has the parameter 'page'; allowed is project| environment| closed| category| q| counts"
  })
  void queryIsReadStrictly(String query, String text) throws Exception {
    Http.Answer answer =
        send(Http.request("GET", EVENTS + "?" + query).token(server.token("admin")));
    assertRefused(answer, 400, "bad_request", text.replace('|', ','));
  }

  @Test
  void callNeedsAToken() throws Exception {
    assertUnauthorized(
        send(Http.request("GET", EVENTS)),
        "Empty Key! Client must be authenticated to access this resource.",
        "Bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void callIsReadAlone(String method) throws Exception {
    Http.Answer answer = send(Http.request(method, EVENTS).token(server.token("admin")));
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.field("Allow")).isEqualTo("GET, HEAD, OPTIONS");
  }
}
