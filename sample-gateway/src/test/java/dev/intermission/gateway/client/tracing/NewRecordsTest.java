package dev.intermission.gateway.client.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.intermission.gateway.client.connection.Connections;
import dev.intermission.gateway.client.connection.ManagementApi;
import dev.intermission.gateway.client.output.Output;
import dev.intermission.gateway.client.output.Screen;
import dev.intermission.gateway.client.proxies.ProxyName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each record is found once, however late it comes, from a list that grows at any place. */
class NewRecordsTest {

  private static final Instant START = Instant.parse("2026-07-01T10:00:00Z");
  private static final Pattern PAGE = Pattern.compile("page=([0-9]+)&size=([0-9]+)");

  /** The ids by the second of their times. */
  private final NavigableMap<Integer, String> kept =
      Collections.synchronizedNavigableMap(new TreeMap<>());

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final HttpServer server;
  private final NewRecords records;

  NewRecordsTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
    Output output =
        new Output(
            new Screen(InputStream.nullInputStream(), nowhere, nowhere, false),
            false,
            false,
            Map.of());
    ManagementApi api =
        new Connections(
                List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                null,
                null,
                null,
                null)
            .connect(Map.of("INTERMISSION_TOKEN", "t"), Clock.systemUTC(), output)
            .api();
    records =
        new NewRecords(
            api, new ProxyName("P", "a b"), new RecordQuery(START, "production", 502, 10L, "/a&b"));
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestURI().toString());
      Matcher page = PAGE.matcher(exchange.getRequestURI().getQuery());
      assertThat(page.find()).isTrue();
      int size = Integer.parseInt(page.group(2));
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      ArrayNode lines = body.putArray("resultList");
      kept.descendingMap().entrySet().stream()
          .skip((Integer.parseInt(page.group(1)) - 1L) * size)
          .limit(size)
          .forEach(
              line ->
                  lines
                      .addObject()
                      .put("id", line.getValue())
                      .put("time", START.plusSeconds(line.getKey()).toString()));
      body.put("totalCount", kept.size()).put("dropped", 3);
      byte[] bytes = body.toString().getBytes(UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void add(int second) {
    kept.put(second, "id-" + second);
  }

  private NewRecords.Found taken(NewRecords.Found found) {
    records.taken(found);
    return found;
  }

  private static List<String> ids(NewRecords.Found found) {
    return found.lines().stream().map(line -> line.path("id").asText()).toList();
  }

  @Test
  void eachIsFoundOnceInTheOrderOfTheTimes() {
    add(5);
    add(3);
    assertThat(ids(taken(records.next()))).containsExactly("id-3", "id-5");
    assertThat(taken(records.next()).lines()).isEmpty();
    add(4);
    NewRecords.Found found = taken(records.next());
    assertThat(ids(found)).containsExactly("id-4");
    assertThat(found.dropped()).isEqualTo(3);
    assertThat(records.count()).isEqualTo(3);
    assertThat(asked.get(0))
        .isEqualTo(
            "/apiops/projects/P/apiProxies/a%20b/traces/?page=1&size=100&from=2026-07-01T10%3A00%3A00Z&environmentName=production&status=502&minMillis=10&path=%2Fa%26b");
  }

  @Test
  void moreThanAPageIsFoundAtOnce() {
    IntStream.range(0, 350).forEach(this::add);
    assertThat(taken(records.next()).lines()).hasSize(350);
    asked.clear();
    assertThat(taken(records.next()).lines()).isEmpty();
    assertThat(asked).hasSize(1);
  }

  @Test
  void whatComesLateBehindManyOthersIsFoundToo() {
    IntStream.range(100, 450).forEach(this::add);
    taken(records.next());
    add(1);
    List<String> late = new ArrayList<>();
    IntStream.range(0, 10).forEach(i -> late.addAll(ids(taken(records.next()))));
    assertThat(late).containsExactly("id-1");
    add(2);
    assertThat(ids(taken(records.last()))).containsExactly("id-2");
  }

  @Test
  void whatALookFoundThatWasGivenUpIsFoundAgain() {
    add(5);
    assertThat(ids(records.next())).containsExactly("id-5");
    assertThat(records.count()).isZero();
    assertThat(ids(taken(records.last()))).containsExactly("id-5");
    assertThat(records.last().lines()).isEmpty();
    assertThat(records.count()).isEqualTo(1);
  }
}
