package dev.intermission.gateway.server;

import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpChannelState;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection of HTTP/1.1 on which a head that can't be read is answered after the thread that
 * read it has left the connection. Jetty 12.1 answers on another thread at once. Both threads may
 * then give the input buffer back to the pool, which hands it to two other connections: their
 * clients get each other's bytes.
 */
final class OneReader extends HttpConnection {

  private volatile @Nullable Thread reader;
  // Of the reader alone.
  private boolean isInHead = true;
  private @Nullable Runnable answer;

  private OneReader(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
    super(configuration, connector, endPoint);
  }

  /** Makes such connections. */
  static HttpConnectionFactory factory(HttpConfiguration configuration) {
    return new HttpConnectionFactory(configuration) {
      @Override
      public Connection newConnection(Connector connector, EndPoint endPoint) {
        OneReader connection = new OneReader(getHttpConfiguration(), connector, endPoint);
        connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
        return configure(connection, connector, endPoint);
      }
    };
  }

  @Override
  public void onFillable() {
    Thread own = Thread.currentThread();
    boolean isOuter = reader != own;
    if (isOuter) {
      reader = own;
    }
    try {
      super.onFillable();
    } finally {
      // Another thread may have begun to read as soon as this one was done with it.
      if (isOuter && reader == own) {
        Runnable last = answer;
        answer = null;
        reader = null;
        if (last != null) {
          getExecutor().execute(last);
        }
      }
    }
  }

  @Override
  protected RequestHandler newRequestHandler() {
    return new RequestHandler() {
      @Override
      public void messageBegin() {
        isInHead = true;
        super.messageBegin();
      }

      @Override
      public void startRequest(String method, String uri, HttpVersion version) {
        isInHead = true;
        super.startRequest(method, uri, version);
      }

      @Override
      public boolean headerComplete() {
        boolean isComplete = super.headerComplete();
        isInHead = false;
        return isComplete;
      }
    };
  }

  @Override
  protected HttpChannel newHttpChannel(Server server, HttpConfiguration configuration) {
    return new HttpChannelState(this) {
      @Override
      public @Nullable Runnable onFailure(Throwable failure) {
        Runnable task = super.onFailure(failure);
        if (task == null || !isInHead || reader != Thread.currentThread()) {
          return task;
        }
        answer = task;
        return null;
      }
    };
  }
}
