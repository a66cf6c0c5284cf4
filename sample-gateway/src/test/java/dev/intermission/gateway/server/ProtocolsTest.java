package dev.intermission.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.gateway.Certificates;
import dev.intermission.gateway.config.ListenerConfig;
import dev.intermission.gateway.config.TlsConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener speaks, with the JDK's client at the other end. */
class ProtocolsTest extends ListenerFixture {

  private final Path folder;

  ProtocolsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private TlsConfig certificate(String algorithm) throws Exception {
    return Certificates.selfSigned(folder, algorithm);
  }

  private static ListenerConfig config(boolean http2, TlsConfig tls) {
    return new ListenerConfig("127.0.0.1", 0, 100, 8192, LONG, LONG, http2, tls);
  }

  private static HttpResponse<String> get(Listener listener, HttpClient client) throws Exception {
    assertThat(listener.url()).isEqualTo("https://127.0.0.1:" + listener.port());
    return client.send(
        HttpRequest.newBuilder(URI.create(listener.url() + "/x")).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({"EC, true, HTTP_2", "RSA, true, HTTP_2", "Ed25519, false, HTTP_1_1"})
  void clientAndListenerAgreeOnAProtocol(
      String algorithm, boolean http2, HttpClient.Version version) throws Exception {
    TlsConfig tls = certificate(algorithm);
    HttpClient client = HttpClient.newBuilder().sslContext(Pem.trusting(tls.certificate())).build();
    HttpResponse<String> response =
        get(
            traffic(config(http2, tls), handler(request -> request.getHttpURI().toString())),
            client);
    assertThat(response.version()).isEqualTo(version);
    assertThat(response.body()).startsWith("https://127.0.0.1:").endsWith("/x");
  }

  @Test
  void certificateOfAnotherAuthorityIsNotTrusted() throws Exception {
    Listener listener = traffic(config(true, certificate("EC")), handler(request -> "x"));
    HttpClient client =
        HttpClient.newBuilder().sslContext(Pem.trusting(certificate("RSA").certificate())).build();
    assertThatThrownBy(() -> get(listener, client)).isInstanceOf(SSLHandshakeException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"})
  void unusableKeyIsToldInOneLine(String key) throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.pem"), key);
    TlsConfig tls = new TlsConfig(certificate("EC").certificate(), bad);
    assertThatThrownBy(() -> Listener.traffic(config(true, tls), new StopTime(LONG)))
        .isInstanceOf(ListenException.class)
        .hasMessageContaining(bad.toString())
        .hasMessageNotContaining("\n");
  }

  @Test
  void fileThatIsNotThereIsToldWithItsReason() throws Exception {
    Path missing = folder.resolve("missing.pem");
    TlsConfig own = certificate("EC");
    TlsConfig noKey = new TlsConfig(own.certificate(), missing);
    assertThatThrownBy(() -> Listener.traffic(config(true, noKey), new StopTime(LONG)))
        .isInstanceOf(ListenException.class)
        .hasMessage(
            "The TLS certificate %s with the key %s can't be used: %s does not exist",
            own.certificate(), missing, missing);
    TlsConfig folderAsCertificate = new TlsConfig(folder, own.privateKey());
    assertThatThrownBy(() -> Pem.check(folderAsCertificate))
        .isInstanceOf(ListenException.class)
        .hasMessageEndingWith("can't be used: %s is a folder", folder);
    assertThatThrownBy(() -> Pem.trusting(missing))
        .isInstanceOf(ListenException.class)
        .hasMessage("The authorities in %s can't be used: %s does not exist", missing, missing);
  }
}
