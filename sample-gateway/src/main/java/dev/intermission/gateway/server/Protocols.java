package dev.intermission.gateway.server;

import dev.intermission.gateway.config.ListenerConfig;
import dev.intermission.gateway.config.TlsConfig;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The protocols of a listener: always HTTP/1.1; HTTP/2 and TLS if they are configured. */
final class Protocols {

  private static final int MAX_RESPONSE_HEADER_BYTES = 64 << 10;

  /**
   * Room for the shortest fields of a client; each character takes 96 bytes for each connection.
   */
  private static final int HEADER_CACHE_CHARACTERS = 128;

  private static final int MAX_EVENTS_PER_SECOND = 1_000;

  private Protocols() {}

  /**
   * Returns the protocols, the one that a connection begins with first.
   *
   * @param http1 the HTTP/1.1 protocol among them, with its connection listeners
   * @throws ListenException if the certificate can't be used
   */
  static List<ConnectionFactory> of(ListenerConfig config, HttpConnectionFactory http1) {
    HttpConfiguration http = http1.getHttpConfiguration();
    List<ConnectionFactory> protocols = new ArrayList<>();
    if (config.tls() == null) {
      protocols.add(http1);
      if (config.http2()) {
        protocols.add(patient(StrictHttp2.cleartext(http), http1));
      }
      return protocols;
    }
    // Jetty's check of the host is off: a route may have a host that is not in the certificate.
    http.addCustomizer(new SecureRequestCustomizer(false));
    SslContextFactory.Server tls = tls(config.tls());
    // Also where it chooses HTTP/1.1 alone: clients that want another protocol are told so.
    ALPNServerConnectionFactory choice = new ALPNServerConnectionFactory();
    choice.setDefaultProtocol(http1.getProtocol());
    protocols.add(new AlertingTls(tls, choice.getProtocol()));
    protocols.add(choice);
    if (config.http2()) {
      protocols.add(patient(StrictHttp2.overTls(http), http1));
    }
    protocols.add(http1);
    return protocols;
  }

  /**
   * Allows more frames of an upload that is refused: each frame that arrives afterwards counts as
   * an event, and beyond the limit Jetty closes the connection with all its streams, also those of
   * open APIs. Who listens to connections of HTTP/1.1 listens to these as well.
   */
  private static AbstractHTTP2ServerConnectionFactory patient(
      AbstractHTTP2ServerConnectionFactory http2, HttpConnectionFactory http1) {
    http1.getEventListeners().forEach(http2::addEventListener);
    // CONNECT is not served, so its extended form (RFC 8441) is not offered either.
    http2.setConnectProtocolEnabled(false);
    http2.setRateControlFactory(new WindowRateControl.Factory(MAX_EVENTS_PER_SECOND));
    return http2;
  }

  private static SslContextFactory.Server tls(TlsConfig config) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(Pem.keyStore(config.certificate(), config.privateKey()));
    tls.setKeyStorePassword("");
    tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    // Of TLS 1.2 those with forward secrecy and authenticated encryption (RFC 9325 section 4.2).
    tls.setIncludeCipherSuites(
        "TLS_AES_.*", "TLS_CHACHA20_.*", "TLS_ECDHE_.*_GCM_.*", "TLS_ECDHE_.*_CHACHA20_.*");
    return tls;
  }

  /**
   * Returns what puts another certificate in the place of the one in use, for new connections.
   *
   * @throws ListenException if it can't be used
   */
  static Runnable newCertificate(SslContextFactory.Server inUse, TlsConfig next) {
    KeyStore read = Pem.keyStore(next.certificate(), next.privateKey());
    return () -> {
      try {
        inUse.reload(factory -> factory.setKeyStore(read));
      } catch (Exception e) {
        throw new IllegalStateException("A certificate that was checked can be used", e);
      }
    };
  }

  /** Returns how HTTP is read and written. */
  static HttpConfiguration http(ListenerConfig config) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    // Otherwise a field is replaced by a common one that differs only in case.
    http.setHeaderCacheCaseSensitive(true);
    http.setHeaderCacheSize(HEADER_CACHE_CHARACTERS);
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setRequestHeaderSize(config.maxHeaderBytes());
    http.setMaxResponseHeaderSize(MAX_RESPONSE_HEADER_BYTES);
    // Bytes of an upstream are sent on as soon as they arrive, however few they are.
    http.setOutputAggregationSize(0);
    http.addCustomizer(new RequestCheck());
    return http;
  }
}
