package dev.intermission.gateway.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a listener shows of itself.
 *
 * @param certificate a PEM file with the certificate and those between it and its authority
 * @param privateKey a PEM file with its private key, as unencrypted PKCS #8
 */
public record TlsConfig(Path certificate, Path privateKey) {

  /** Reads a section {@code tls}; null where it is faulty, which is told. */
  static @Nullable TlsConfig read(Section at) {
    Path certificate = at.get("certificate").required().path();
    Path privateKey = at.get("privateKey").required().path();
    at.end();
    return certificate == null || privateKey == null
        ? null
        : new TlsConfig(certificate, privateKey);
  }
}
