package dev.intermission.gateway.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets connections end with a reset where nothing else says that a message is not whole. */
final class Resets {

  private static final Logger LOG = LoggerFactory.getLogger(Resets.class);

  private Resets() {}

  /**
   * Lets a connection be reset when it is closed. A body that ends with its connection, as those
   * for HTTP/1.0 do, looks whole wherever it breaks (RFC 9112 section 8).
   */
  static void onClose(EndPoint endPoint) {
    Object transport = endPoint;
    while (transport instanceof EndPoint upper) {
      transport = upper.getTransport();
    }
    if (transport instanceof SocketChannel channel) {
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException e) {
        LOG.debug("{} is closed already", endPoint, e);
      }
    }
  }
}
