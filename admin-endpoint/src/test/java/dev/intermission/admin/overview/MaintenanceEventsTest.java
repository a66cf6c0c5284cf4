package dev.intermission.admin.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermission.admin.AdminServer;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Events;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.User;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.NodeReport;
import dev.intermission.api.store.ToldCounts;
import dev.intermission.feed.CountsReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is closed, as it changes. */
class MaintenanceEventsTest extends AdminTest {

  private static final String EVENTS = "/apiops/maintenance/events/";
  private static final String CLOSE =
      """
      {"enabled":true,"httpStatusCode":503,"deploy":true,"deployTargetEnvironmentNameList":["production"]}""";
  private static final String OPEN =
      """
      {"enabled":false,"deploy":true,"deployTargetEnvironmentNameList":["production"]}""";

  private Path folder = Path.of("");

  @Override
  @BeforeEach
  public void start(@TempDir Path folder) throws Exception {
    super.start(folder);
    this.folder = folder;
  }

  private Events open(String user, String query) throws Exception {
    return Events.open(server.port(), server.token(user), query, null);
  }

  private JsonNode overview(String user, String query) throws IOException {
    Http.Answer answer =
        send(Http.request("GET", "/apiops/maintenance/" + query).token(server.token(user)));
    return new JsonMapper().readTree(answer.body()).path("resultList");
  }

  private static Events.Event state(Events events) {
    Events.Event state = events.next();
    assertThat(state.name()).isEqualTo("state");
    assertThat(state.data().path("first").asBoolean()).isTrue();
    assertThat(state.data().path("last").asBoolean()).isTrue();
    assertThat(state.lastId()).isNotEmpty();
    return state;
  }

  /** Returns the only line of the next change. */
  private static JsonNode changedLine(Events events) {
    Events.Event change = events.next();
    assertThat(change.name()).isEqualTo("change");
    assertThat(change.data().path("gone")).isEmpty();
    assertThat(change.data().path("resultList")).hasSize(1);
    assertThat(change.data().path("resultCount").asInt()).isEqualTo(1);
    return change.data().path("resultList").path(0);
  }

  @Test
  void stateComesFirstAndThenEachChange() throws Exception {
    try (Events events = open("operator", "")) {
      assertThat(state(events).data().path("resultList")).isEqualTo(overview("operator", ""));
      for (int round = 0; round < 3; round++) {
        patch(round % 2 == 0 ? CLOSE : OPEN);
        JsonNode line = changedLine(events);
        assertThat(line.path("closed").asBoolean()).isEqualTo(round % 2 == 0);
        assertThat(line).isEqualTo(overview("operator", "?environment=production&q=MyAPI").path(0));
      }
    }
  }

  @Test
  void whatTheFiltersNoLongerSelectIsGone() throws Exception {
    try (Events events = open("admin", "?closed=true&environment=production&category=orders")) {
      assertThat(state(events).data().path("resultList")).isEmpty();
      patch(CLOSE);
      assertThat(changedLine(events).path("name").asText()).isEqualTo("MyAPI");
      patch(OPEN);
      Events.Event change = events.next();
      assertThat(change.data().toString())
          .isEqualTo(
              """
              {"resultList":[],"resultCount":0,"gone":[{"project":"MyProject","name":"MyAPI","environmentName":"production"}]}""");
    }
  }

  @Test
  void usersAreToldOfTheirProjectsAlone() throws Exception {
    try (Events outsider = open("outsider", "?environment=production");
        Events nobody = open("nobody", "")) {
      assertThat(state(outsider).data().path("resultList")).hasSize(2);
      assertThat(state(nobody).data().path("resultList")).isEmpty();
      patch(CLOSE);
      server
          .store
          .settings()
          .update(
              new ProxyId("OtherProject", "OtherAPI"),
              saved -> saved.settings(),
              List.of(DeploymentRequest.to("production")),
              AdminServer.SETUP);
      assertThat(changedLine(outsider).path("name").asText()).isEqualTo("OtherAPI");
      assertThat(nobody.next(event -> true).name()).isEqualTo("heartbeat");
    }
  }

  /** The user gets another project while the stream is open, and loses its own. */
  @Test
  void otherRightsAreToldByTheWholeState() throws Exception {
    try (Events events = open("viewer", "?environment=idle")) {
      assertThat(state(events).data().path("resultList")).hasSize(2);
      TestCatalog before = new TestCatalog();
      Set<User> users = new HashSet<>(before.users());
      users.removeIf(user -> user.name().equals("viewer"));
      users.add(new User("viewer", false, Map.of("OtherProject", Set.of(Right.VIEW)), null));
      server.store.settings().apply(new Changed(before, users), AdminServer.SETUP);
      List<String> seen = new ArrayList<>();
      state(events).data().path("resultList").forEach(line -> seen.add(line.path("name").asText()));
      assertThat(seen).containsExactly("Odd", "OtherAPI");
    }
  }

  private record Changed(
      Set<String> environments,
      Set<String> projects,
      Map<ApiProxy, Set<String>> proxies,
      Set<User> users)
      implements ProxyCatalog {

    Changed(ProxyCatalog before, Set<User> users) {
      this(before.environments(), before.projects(), before.proxies(), users);
    }
  }

  @Test
  void clientGoesOnWhereItWas() throws Exception {
    Events.Event last;
    try (Events events = open("operator", "")) {
      last = state(events);
    }
    patch(CLOSE);
    try (Events events = Events.open(server.port(), server.token("operator"), "", last.lastId())) {
      Events.Event first = events.next(event -> true);
      assertThat(first.name()).isEqualTo("heartbeat");
      JsonNode line = changedLine(events);
      assertThat(line.path("closed").asBoolean()).isTrue();
      patch(OPEN);
      last = events.next();
    }
    try (Events events = Events.open(server.port(), server.token("operator"), "", last.lastId())) {
      assertThat(events.next(event -> true).name()).isEqualTo("heartbeat");
      patch(CLOSE);
      assertThat(changedLine(events).path("closed").asBoolean()).isTrue();
    }
  }

  /** The clock of the store can't be set. */
  private static String aMinuteLaterByTheStore(String id) {
    EventId told = EventId.read(id).orElseThrow();
    return new EventId(
            told.change(),
            told.time(),
            told.storeTime().plus(Duration.ofMinutes(1)),
            told.scope(),
            told.run(),
            told.number())
        .toString();
  }

  @Test
  void clientGoesOnAtAnotherAdminNode() throws Exception {
    AdminServer other = new AdminServer(folder, options());
    try {
      // The other one has been there for some time.
      try (Events events = Events.open(other.port(), other.token("operator"), "", null)) {
        state(events);
      }
      server.clock.advance(Duration.ofMinutes(1));
      String last;
      try (Events events = open("operator", "")) {
        state(events);
        patch(CLOSE);
        last = aMinuteLaterByTheStore(events.next().lastId());
      }
      patch(OPEN);
      try (Events events = Events.open(other.port(), other.token("operator"), "", last)) {
        Events.Event change = events.next();
        // What it knows may come again; what it ends with counts.
        while (change.data().path("resultList").path(0).path("closed").asBoolean()) {
          assertThat(change.name()).isEqualTo("change");
          change = events.next();
        }
        assertThat(change.name()).isEqualTo("change");
        assertThat(change.data().path("resultList")).hasSize(1);
      }
    } finally {
      other.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "1.2.0123456789abcdef.0123456789abcdef.4",
        "1.2.3.0123456789abcdef.0123456789abcdef.4"
      })
  void whoeverCanNotGoOnGetsTheWholeState(String id) throws Exception {
    try (Events events = Events.open(server.port(), server.token("operator"), "", id)) {
      state(events);
    }
  }

  @Test
  void idOfOtherFiltersOrAnotherUserIsNotGoneOnFrom() throws Exception {
    String id;
    try (Events events = open("operator", "")) {
      id = state(events).lastId();
    }
    try (Events filtered =
            Events.open(server.port(), server.token("operator"), "?closed=true", id);
        Events admin = Events.open(server.port(), server.token("admin"), "", id)) {
      assertThat(state(filtered).data().path("resultList")).isEmpty();
      assertThat(state(admin).data().path("resultList")).hasSize(12);
    }
  }

  @Test
  void streamEndsWithItsToken() throws Exception {
    try (Events revoked = open("operator", "");
        Events expired = open("viewer", "")) {
      state(revoked);
      state(expired);
      server.tokens.list().stream()
          .filter(token -> token.username().equals("operator"))
          .forEach(token -> server.tokens.revoke(token.id()));
      assertThat(revoked.next().data().toString()).isEqualTo("{\"reason\":\"TOKEN_INVALID\"}");
      revoked.awaitEnd();
      server.clock.advance(Duration.ofHours(1));
      assertThat(expired.next(event -> event.name().equals("end")).data().toString())
          .isEqualTo("{\"reason\":\"TOKEN_EXPIRED\"}");
      expired.awaitEnd();
    }
  }

  @Test
  void windowAndGatewaysAreToldToo() throws Exception {
    try (Events events = open("operator", "?environment=production&category=orders")) {
      state(events);
      patch(
          """
          {"enabled":true,"startsAt":"2026-07-01T10:30:00Z",\
          "deploy":true,"deployTargetEnvironmentNameList":["production"]}""");
      assertThat(changedLine(events).path("closed").asBoolean()).isFalse();
      server.clock.advance(Duration.ofMinutes(30));
      JsonNode closed = changedLine(events);
      assertThat(closed.path("closed").asBoolean()).isTrue();
      assertThat(closed.path("since").asText()).isEqualTo("2026-07-01T10:30:00Z");
      server
          .store
          .nodes()
          .report(List.of(new NodeReport("production", "gateway-2", 1, "127.0.0.1", "", 1, null)));
      assertThat(changedLine(events).path("nodes").toString())
          .isEqualTo("{\"serving\":0,\"live\":1,\"behind\":1}");
    }
  }

  /** Counts are told as they are now, and nobody goes on from them. */
  @Test
  void countsHaveNoIdOfTheirOwn() throws Exception {
    patch(CLOSE);
    server
        .store
        .nodes()
        .report(List.of(new NodeReport("production", "gateway-2", 1, "127.0.0.1", "", 1, null)));
    try (Events events = open("operator", "?environment=production&closed=true");
        Events uncounted = open("operator", "?environment=production&closed=true&counts=false")) {
      String id = state(events).lastId();
      assertThat(state(uncounted).data().path("resultList").path(0).path("requests").isNull())
          .isTrue();
      ProxyCounts counts = new ProxyCounts(new ProxyId("MyProject", "MyAPI"), true, 3, 0, 0, 0, 0);
      CountsReport report = new CountsReport(0, 1, 1, true, true, List.of(counts), List.of());
      server
          .store
          .nodes()
          .tellCounts(List.of(new ToldCounts("production", "gateway-2", 1, report.json())));
      Events.Event told =
          events.next(
              event ->
                  event
                          .data()
                          .path("resultList")
                          .path(0)
                          .path("requests")
                          .path("sinceClosure")
                          .path("answers")
                          .asInt()
                      == 3);
      assertThat(told.name()).isEqualTo("change");
      assertThat(told.lastId()).isEqualTo(id);
      patch(OPEN);
      Events.Event opened = uncounted.next();
      assertThat(opened.data().path("gone")).hasSize(1);
    }
  }

  @Test
  void thereIsALimitForEachUserAndInAll() throws Exception {
    List<Events> open = new ArrayList<>();
    try {
      for (int i = 0; i < EventStreams.OF_USER; i++) {
        open.add(open("operator", ""));
      }
      Http call = Http.request("GET", EVENTS).token(server.token("operator"));
      Http.Answer refused = send(call);
      assertRefused(
          refused,
          429,
          "too_many_requests",
          "There are 20 event streams of this user already; close one that is not used any more.");
      assertThat(refused.field("Retry-After")).isEqualTo("10");
      assertThat(send(Http.request("HEAD", EVENTS).token(server.token("operator"))).status())
          .isEqualTo(200);
      open("viewer", "").close();
      for (Events events : open) {
        state(events);
      }
      open.get(0).close();
      // That it is gone is noticed when something is written.
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () -> {
                patch(CLOSE);
                patch(OPEN);
                open("operator", "").close();
              });
    } finally {
      for (Events events : open) {
        events.close();
      }
    }
  }

  @Test
  @Tag("slow")
  void heartbeatsComeByThemselves() throws Exception {
    try (Events events = open("operator", "")) {
      state(events);
      for (int i = 0; i < 2; i++) {
        Events.Event heartbeat = events.next(event -> true);
        assertThat(heartbeat.name()).isEqualTo("heartbeat");
        assertThat(heartbeat.data().path("current").asBoolean()).isTrue();
        assertThat(heartbeat.lastId()).isNotEmpty();
      }
    }
  }

  @Test
  void allStreamsEndWithTheAdminSide() throws Exception {
    try (Events events = open("operator", "")) {
      state(events);
      server.endStreams();
      assertThat(events.next().data().toString()).isEqualTo("{\"reason\":\"STOPPING\"}");
      events.awaitEnd();
      assertThat(send(Http.request("GET", EVENTS).token(server.token("operator"))).status())
          .isEqualTo(503);
    }
  }
}
