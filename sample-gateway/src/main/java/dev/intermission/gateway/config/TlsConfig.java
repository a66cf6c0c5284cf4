package dev.intermission.gateway.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of a listener.
 *
 * @param certificate a PEM file with the certificate and its intermediate certificates
 * @param privateKey a PEM file with its private key, as unencrypted PKCS #8
 */
public record TlsConfig(Path certificate, Path privateKey) {

  /** Reads a section {@code tls}; returns null if it has faults, which are reported. */
  static @Nullable TlsConfig read(Section at) {
    Path certificate = PathValue.of(at.get("certificate").required());
    Path privateKey = PathValue.of(at.get("privateKey").required());
    at.end();
    return certificate == null || privateKey == null
        ? null
        : new TlsConfig(certificate, privateKey);
  }
}
