package dev.intermission.gateway.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.filter.Wire;
import dev.intermission.gateway.Gateway;
import dev.intermission.gateway.config.Overrides;
import dev.intermission.gateway.demo.DemoConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who dates a proxied response (RFC 9110 section 6.6.1). */
class ProxiedDateTest {

  private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";

  /** Answers each connection once, and says first on the first one when. */
  private static void answer(ServerSocket upstream, String... fields) throws Exception {
    for (String field : fields) {
      try (Socket client = upstream.accept()) {
        assertThat(client.getInputStream().read()).isEqualTo('G');
        client
            .getOutputStream()
            .write(
                ("HTTP/1.1 200 OK\r\n" + field + "Content-Length: 2\r\nConnection: close\r\n\r\nok")
                    .getBytes(US_ASCII));
      }
    }
  }

  @Test
  void dateOfTheUpstreamStaysAndAMissingOneIsAdded(@TempDir Path data) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (ServerSocket upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Gateway gateway =
            new Gateway(
                DemoConfig.of(
                    path -> URI.create("http://127.0.0.1:" + upstream.getLocalPort() + path),
                    new Overrides(null, data, null, null, 0, null, 0)))) {
      gateway.awaitReady();
      var answering =
          thread.submit(
              () -> {
                answer(upstream, "Date: " + DATE + "\r\n", "");
                return true;
              });
      assertThat(Wire.get(gateway.traffic().port(), "/api/v1").field("Date")).isEqualTo(DATE);
      String added = Wire.get(gateway.traffic().port(), "/api/v1").field("Date");
      assertThat(ZonedDateTime.parse(String.valueOf(added), DateTimeFormatter.RFC_1123_DATE_TIME))
          .isAfter(ZonedDateTime.parse(DATE, DateTimeFormatter.RFC_1123_DATE_TIME));
      assertThat(answering.get()).isTrue();
    } finally {
      thread.shutdownNow();
    }
  }
}
