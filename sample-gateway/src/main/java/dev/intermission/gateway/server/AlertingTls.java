package dev.intermission.gateway.server;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS that tells its client by an alert why a handshake failed. Jetty takes what the engine has to
 * send after a failure for a renegotiation, and closes before the alert is out.
 */
final class AlertingTls extends SslConnectionFactory {

  AlertingTls(SslContextFactory.Server tls, String next) {
    super(tls, next);
  }

  @Override
  protected SslConnection newSslConnection(
      Connector connector, EndPoint endPoint, SSLEngine engine) {
    return new SslConnection(
        connector.getByteBufferPool(),
        connector.getExecutor(),
        getSslContextFactory(),
        endPoint,
        engine,
        isDirectBuffersForEncryption(),
        isDirectBuffersForDecryption()) {

      private boolean hasFailed;

      @Override
      protected SSLEngineResult unwrap(SSLEngine from, ByteBuffer input, ByteBuffer output)
          throws SSLException {
        try {
          return super.unwrap(from, input, output);
        } catch (SSLException e) {
          hasFailed = true;
          throw e;
        }
      }

      @Override
      protected SSLEngineResult wrap(SSLEngine to, ByteBuffer[] input, ByteBuffer output)
          throws SSLException {
        try {
          SSLEngineResult result = super.wrap(to, input, output);
          while (hasFailed && isFollowed(result)) {
            result = super.wrap(to, input, output);
          }
          return result;
        } catch (SSLException e) {
          hasFailed = true;
          throw e;
        }
      }
    };
  }

  private static boolean isFollowed(SSLEngineResult result) {
    return result.getStatus() == SSLEngineResult.Status.OK
        && result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP
        && result.bytesProduced() > 0;
  }
}
