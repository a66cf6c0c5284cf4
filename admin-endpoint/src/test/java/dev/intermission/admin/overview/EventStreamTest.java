package dev.intermission.admin.overview;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.admin.access.AccessTokens;
import dev.intermission.admin.access.Admission;
import dev.intermission.api.User;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a stream ends whose client takes nothing at the moment. */
class EventStreamTest {

  private static final User ADMIN = new User("admin", true, Map.of(), null);
  private static final OverviewQuery ALL =
      new OverviewQuery(null, null, null, null, null, 1, 1000, true);

  private final JdbcStore store;
  private final AdminFeed feed;
  private final Output output = new Output();
  private final AtomicBoolean completed = new AtomicBoolean();
  private final Clock clock = Clock.systemUTC();
  private final EventStreams streams;

  EventStreamTest(@TempDir Path folder) {
    store = JdbcStore.open(StoreConfig.inFolder(folder), clock);
    feed = new AdminFeed(store.settings(), "gateway-1");
    Admission admission = new Admission(new AccessTokens(store.tokens(), clock), store.settings());
    streams =
        new EventStreams(admission, store.settings(), feed, new Overview(store.settings()), clock);
  }

  @AfterEach
  void stop() {
    feed.close();
    store.close();
  }

  /** The output of a container whose client reads or does not. */
  private static final class Output extends ServletOutputStream {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private volatile boolean ready = true;

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      // The test calls it.
    }

    @Override
    public synchronized void write(int b) {
      written.write(b);
    }

    synchronized String text() {
      return written.toString(UTF_8);
    }
  }

  private static <T> T stub(Class<T> type, Map<String, ?> results, Runnable complete) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().equals("start")) {
                ((Runnable) arguments[0]).run();
              } else if (method.getName().equals("complete")) {
                complete.run();
              }
              return results.get(method.getName());
            }));
  }

  /** Returns a stream whose client does not read at the moment. */
  private EventStream begin(Duration untilEndIsRead) throws IOException {
    Telling telling = new Telling(ALL, new FrameLog(), null);
    Admission.Standing caller = new Admission.Standing(ADMIN, "hash");
    EventStream stream = new EventStream(streams, caller, telling, clock, untilEndIsRead);
    ServletResponse response =
        stub(ServletResponse.class, Map.of("getOutputStream", output), () -> {});
    stream.begin(
        stub(AsyncContext.class, Map.of("getResponse", response), () -> completed.set(true)));
    stream.onWritePossible();
    output.ready = false;
    return stream;
  }

  @Test
  void clientThatReadsOnIsToldWhyItEnds() throws Exception {
    EventStream stream = begin(Duration.ofHours(1));
    stream.end(EventStream.Ending.STOPPING);
    assertThat(completed).isFalse();
    output.ready = true;
    stream.onWritePossible();
    assertThat(output.text()).endsWith("event: end\ndata: {\"reason\":\"STOPPING\"}\n\n");
    assertThat(completed).isTrue();
  }

  @Test
  void clientThatDoesNotReadOnKeepsNobodyWaiting() throws Exception {
    EventStream stream = begin(Duration.ZERO);
    stream.end(EventStream.Ending.STOPPING);
    await().untilTrue(completed);
    assertThat(output.text()).doesNotContain("event: end");
  }
}
