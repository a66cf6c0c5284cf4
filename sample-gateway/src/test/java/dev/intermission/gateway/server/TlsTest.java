package dev.intermission.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.intermission.gateway.Certificates;
import dev.intermission.gateway.config.ListenerConfig;
import dev.intermission.gateway.config.TlsConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener agrees to in the handshake of TLS. */
class TlsTest extends ListenerFixture {

  private static TlsConfig made = new TlsConfig(Path.of("unmade"), Path.of("unmade"));

  private final Path folder;
  private final TlsConfig first;

  TlsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    first =
        new TlsConfig(
            Files.copy(made.certificate(), folder.resolve("cert.pem")),
            Files.copy(made.privateKey(), folder.resolve("key.pem")));
  }

  @BeforeAll
  static void makeCertificate(@TempDir Path shared) throws Exception {
    made = Certificates.selfSigned(shared, "EC");
  }

  private Listener listener(boolean http2) throws Exception {
    return traffic(
        new ListenerConfig("127.0.0.1", 0, 100, 8192, LONG, LONG, http2, first),
        handler(request -> "x"));
  }

  private static SSLSocket client(Listener listener, Path authority) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            Pem.trusting(authority)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), listener.port());
    socket.setSoTimeout((int) LONG.toMillis());
    return socket;
  }

  private static void offer(SSLSocket client, String... protocols) {
    var parameters = client.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    client.setSSLParameters(parameters);
  }

  @ParameterizedTest
  @CsvSource({"true, h3", "true, spdy/3", "false, h2"})
  void handshakeWithoutACommonProtocolEndsWithItsAlert(boolean http2, String offered)
      throws Exception {
    Listener listener = listener(http2);
    for (String version : new String[] {"TLSv1.3", "TLSv1.2"}) {
      try (SSLSocket client = client(listener, first.certificate())) {
        client.setEnabledProtocols(new String[] {version});
        offer(client, offered);
        assertThatThrownBy(
                () -> {
                  client.startHandshake();
                  client.getInputStream().read();
                })
            .as(version)
            .isInstanceOf(SSLHandshakeException.class)
            .hasMessageContaining("no_application_protocol");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true, h2", "false, http/1.1"})
  void handshakeChoosesTheBestCommonProtocol(boolean http2, String chosen) throws Exception {
    try (SSLSocket client = client(listener(http2), first.certificate())) {
      offer(client, "h3", "http/1.1", "h2");
      client.startHandshake();
      assertThat(client.getApplicationProtocol()).isEqualTo(chosen);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clientThatOffersNoProtocolSpeaksHttp11(boolean http2) throws Exception {
    try (SSLSocket client = client(listener(http2), first.certificate())) {
      client
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: g\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
    }
  }

  @Test
  void tls12HasAuthenticatedEncryptionOnly() throws Exception {
    Listener listener = listener(true);
    int agreed = 0;
    for (String suite : client(listener, first.certificate()).getSupportedCipherSuites()) {
      if (suite.startsWith("TLS_AES")
          || suite.startsWith("TLS_CHACHA20")
          || suite.contains("SCSV")) {
        continue;
      }
      try (SSLSocket client = client(listener, first.certificate())) {
        client.setEnabledProtocols(new String[] {"TLSv1.2"});
        client.setEnabledCipherSuites(new String[] {suite});
        client.startHandshake();
        agreed++;
        assertThat(suite).containsAnyOf("_GCM_", "_CHACHA20_POLY1305_").contains("ECDHE");
      } catch (SSLException e) {
        assertThat(suite).doesNotContain("ECDHE_ECDSA_WITH_AES_128_GCM");
      }
    }
    assertThat(agreed).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void clientsOfTodayAgree(String version) throws Exception {
    try (SSLSocket client = client(listener(true), first.certificate())) {
      client.setEnabledProtocols(new String[] {version});
      client.startHandshake();
      assertThat(client.getSession().getProtocol()).isEqualTo(version);
    }
  }

  @Test
  void certificateThatChangesIsServedAndConnectionsStay() throws Exception {
    TlsConfig second = Certificates.selfSigned(Files.createDirectory(folder.resolve("new")), "EC");
    Listener listener = listener(false);
    try (SSLSocket before = client(listener, first.certificate())) {
      before.startHandshake();
      Path authority = Files.copy(second.certificate(), folder.resolve("authority.pem"));
      move(second.privateKey(), first.privateKey());
      move(second.certificate(), first.certificate());
      await().atMost(LONG).until(() -> served(listener, authority) != null);
      before
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: g\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(before.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
    }
  }

  @Test
  void damagedCertificateIsToldOnceAndTheOldOneStays() throws Exception {
    Path authority = Files.copy(first.certificate(), folder.resolve("authority.pem"));
    String good = Files.readString(first.certificate());
    Listener listener = listener(true);
    Certificate before = served(listener, authority);
    PrintStream err = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (PrintStream log = new PrintStream(written, true, StandardCharsets.UTF_8)) {
      System.setErr(log);
      Files.writeString(first.certificate(), good.substring(0, good.length() / 2));
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(warnings(written))
                      .as(written.toString(StandardCharsets.UTF_8))
                      .isPositive());
      // Several looks later it is still told once.
      await()
          .during(Duration.ofSeconds(4))
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(warnings(written))
                      .as(written.toString(StandardCharsets.UTF_8))
                      .isOne());
      assertThat(served(listener, authority)).isEqualTo(before);
      Files.writeString(first.certificate(), good + "\n");
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(written.toString(StandardCharsets.UTF_8)).contains("was read again"));
      assertThat(served(listener, authority)).isEqualTo(before);
    } finally {
      System.setErr(err);
    }
  }

  private static long warnings(ByteArrayOutputStream log) {
    return log.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("WARN") && line.contains("the one in use stays"))
        .count();
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Returns the certificate that is served, or null if it is not of this authority. */
  private static @org.jspecify.annotations.Nullable Certificate served(
      Listener listener, Path authority) throws IOException {
    try (SSLSocket client = client(listener, authority)) {
      client.startHandshake();
      return client.getSession().getPeerCertificates()[0];
    } catch (SSLHandshakeException e) {
      return null;
    }
  }
}
