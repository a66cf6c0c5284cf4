package dev.intermission.gateway.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;

/**
 * What a listener shows of itself.
 *
 * @param certificate a PEM file with the certificate and those between it and its authority
 * @param privateKey a PEM file with its private key, as unencrypted PKCS #8
 */
public record TlsConfig(Path certificate, Path privateKey) {

  @JsonCreator
  static TlsConfig of(
      @JsonProperty(value = "certificate", required = true) String certificate,
      @JsonProperty(value = "privateKey", required = true) String privateKey) {
    return new TlsConfig(Path.of(certificate), Path.of(privateKey));
  }
}
