package dev.intermission.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.config.TlsConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;

/** Certificates for this machine, made by the JDK's own tool. */
public final class Certificates {

  private static final String PASSWORD = "changeit";

  private Certificates() {}

  /** Makes a certificate that is its own authority, as PEM files in this folder. */
  public static TlsConfig selfSigned(Path folder, String algorithm) throws Exception {
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
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    Key key = keys.getKey("a", PASSWORD.toCharArray());
    return new TlsConfig(
        pem(
            folder.resolve(algorithm + "-cert.pem"),
            "CERTIFICATE",
            keys.getCertificate("a").getEncoded()),
        pem(folder.resolve(algorithm + "-key.pem"), "PRIVATE KEY", key.getEncoded()));
  }

  private static Path pem(Path file, String what, byte[] der) throws IOException {
    return Files.writeString(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(der), what));
  }
}
