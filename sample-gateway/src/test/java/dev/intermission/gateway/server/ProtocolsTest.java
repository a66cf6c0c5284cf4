package dev.intermission.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.gateway.config.ListenerConfig;
import dev.intermission.gateway.config.TlsConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
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

  /** Makes a certificate for this machine, signed by itself, as PEM files. */
  private TlsConfig certificate(String algorithm) throws Exception {
    Path store = folder.resolve(algorithm + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    char[] password = "changeit".toCharArray();
    KeyStore keys = KeyStore.getInstance(store.toFile(), password);
    Key key = keys.getKey("a", password);
    return new TlsConfig(
        pem(algorithm + "-cert.pem", "CERTIFICATE", keys.getCertificate("a").getEncoded()),
        pem(algorithm + "-key.pem", "PRIVATE KEY", key.getEncoded()));
  }

  private Path pem(String name, String what, byte[] der) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(der), what));
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
    assertThatThrownBy(() -> Listener.traffic(config(true, tls), LONG))
        .isInstanceOf(ListenException.class)
        .hasMessageContaining(bad.toString())
        .hasMessageNotContaining("\n");
  }

  @Test
  void fileThatIsNotThereIsTold() throws Exception {
    Path missing = folder.resolve("missing.pem");
    assertThatThrownBy(() -> Pem.trusting(missing))
        .isInstanceOf(ListenException.class)
        .hasMessageContaining(missing.toString());
  }
}
