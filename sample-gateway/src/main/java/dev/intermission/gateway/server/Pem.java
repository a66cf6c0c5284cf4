package dev.intermission.gateway.server;

import dev.intermission.gateway.config.TlsConfig;
import dev.intermission.runtime.FileFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Reads certificates and keys from PEM files (RFC 7468). */
public final class Pem {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519", "Ed448");
  private static final char[] NO_PASSWORD = new char[0];

  /** Not empty: Ed25519 of the JDK does not verify what it signs then. */
  private static final byte[] TO_SIGN = {1};

  private Pem() {}

  /**
   * Returns a key store with one key and its certificates, without a password.
   *
   * @throws ListenException if a file can't be read, or does not contain what it should
   */
  static KeyStore keyStore(Path certificate, Path privateKey) {
    try {
      KeyStore store = emptyStore();
      PrivateKey key = key(privateKey);
      Certificate[] chain = certificates(certificate);
      requirePair(key, chain[0].getPublicKey());
      store.setKeyEntry("listener", key, NO_PASSWORD, chain);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new ListenException(
          String.format(
              Locale.ROOT,
              "The TLS certificate %s with the key %s can't be used: %s",
              certificate,
              privateKey,
              e.getMessage()),
          e);
    }
  }

  /**
   * Checks that a certificate and its key can be used.
   *
   * @throws ListenException if they can't
   */
  public static void check(TlsConfig tls) {
    keyStore(tls.certificate(), tls.privateKey());
  }

  /** Half-way through the replacement of the two files, one is new and the other old. */
  private static void requirePair(PrivateKey privateKey, PublicKey publicKey)
      throws GeneralSecurityException {
    String algorithm = publicKey.getAlgorithm();
    Signature signature =
        Signature.getInstance(
            switch (algorithm) {
              case "RSA" -> "SHA256withRSA";
              case "EC" -> "SHA256withECDSA";
              default -> algorithm;
            });
    boolean pair;
    try {
      signature.initSign(privateKey);
      signature.update(TO_SIGN);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(TO_SIGN);
      pair = signature.verify(signed);
    } catch (InvalidKeyException e) {
      // It is of another kind.
      pair = false;
    }
    if (!pair) {
      throw new GeneralSecurityException("the key is not that of the certificate");
    }
  }

  /**
   * Returns a TLS context that trusts the authorities in the file, and no others.
   *
   * @throws ListenException if the file can't be read, or has no certificate
   */
  public static SSLContext trusting(Path authorities) {
    try {
      KeyStore store = emptyStore();
      Certificate[] certificates = certificates(authorities);
      for (int i = 0; i < certificates.length; i++) {
        store.setCertificateEntry("authority-" + i, certificates[i]);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new ListenException(
          "The authorities in " + authorities + " can't be used: " + e.getMessage(), e);
    }
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static Certificate[] certificates(Path file) throws GeneralSecurityException {
    Certificate[] certificates =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(bytes(file)))
            .toArray(Certificate[]::new);
    if (certificates.length == 0) {
      throw new GeneralSecurityException(file + " has no BEGIN CERTIFICATE");
    }
    return certificates;
  }

  private static byte[] bytes(Path file) throws GeneralSecurityException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new GeneralSecurityException(file + " " + FileFault.of(e), e);
    }
  }

  private static PrivateKey key(Path file) throws GeneralSecurityException {
    Matcher key = KEY.matcher(new String(bytes(file), StandardCharsets.ISO_8859_1));
    if (!key.find()) {
      throw new GeneralSecurityException(
          file
              + " has no BEGIN PRIVATE KEY; 'openssl pkcs8 -topk8 -nodes' makes one of another form");
    }
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(decoded(key.group(1), file));
    for (String algorithm : ALGORITHMS) {
      Optional<PrivateKey> read = key(encoded, algorithm);
      if (read.isPresent()) {
        return read.get();
      }
    }
    throw new GeneralSecurityException(
        file + " has a key of a kind that is not one of " + ALGORITHMS);
  }

  private static byte[] decoded(String base64, Path file) throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException(file + " is damaged", e);
    }
  }

  /** Returns the key, or empty if it is one of another algorithm. */
  private static Optional<PrivateKey> key(PKCS8EncodedKeySpec encoded, String algorithm)
      throws GeneralSecurityException {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
    } catch (InvalidKeySpecException e) {
      // The key is of another algorithm.
      return Optional.empty();
    }
  }
}
