package dev.intermission.gateway.proxy;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** One of the two connections of a tunnel. */
final class TunnelEnd extends AbstractConnection.NonBlocking implements Connection.UpgradeTo {

  private final WebSocketTunnel tunnel;
  private final TunnelPipe out;
  private final TunnelPipe in;
  private final Runnable whenOpen;

  /**
   * Makes a connection that is not open yet.
   *
   * @param out what reads it
   * @param in what writes to it
   */
  TunnelEnd(
      EndPoint endPoint,
      Executor executor,
      WebSocketTunnel tunnel,
      TunnelPipe out,
      TunnelPipe in,
      Runnable whenOpen) {
    super(endPoint, executor);
    this.tunnel = tunnel;
    this.out = out;
    this.in = in;
    this.whenOpen = whenOpen;
  }

  @Override
  public void onUpgradeTo(ByteBuffer read) {
    out.put(read);
  }

  @Override
  public void onOpen() {
    super.onOpen();
    whenOpen.run();
  }

  @Override
  public void onFillable() {
    out.iterate();
  }

  @Override
  public void onFillInterestedFailed(Throwable cause) {
    tunnel.close(cause);
  }

  /**
   * Closes the tunnel, unless this connection is silent only because the other one takes its time
   * with what came from here; then the silence is the other one's.
   */
  @Override
  public boolean onIdleExpired(TimeoutException silence) {
    if (in.isWriting() || !out.isWriting()) {
      tunnel.close(silence);
    }
    return false;
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    super.onClose(cause);
    tunnel.close(cause);
  }
}
