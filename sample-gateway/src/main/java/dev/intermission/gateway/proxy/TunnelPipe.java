package dev.intermission.gateway.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a tunnel: writes to one connection what it reads from the other one, and reads
 * no more before that is written. Holds a buffer only while there is something in it.
 */
final class TunnelPipe extends IteratingCallback {

  private static final int BUFFER_BYTES = 32 << 10;

  /** After so much, other connections of the reading thread have their turn. */
  private static final long MOST_IN_ONE_GO = 64 << 10;

  private final EndPoint from;
  private final EndPoint to;
  private final WebSocketTunnel tunnel;
  private final ByteBufferPool buffers;
  private final Executor pool;
  private final Callback whenReadable;

  /** Null where the tunnel is never told to end. */
  private final @Nullable FrameCount frames;

  private final ByteBuffer closeFrame;
  private @Nullable ByteBuffer first;
  private @Nullable RetainableByteBuffer buffer;
  private long inOneGo;
  private volatile boolean isBegun;
  private volatile boolean isEnding;
  private volatile boolean isWriting;
  private boolean isEnded;

  TunnelPipe(
      EndPoint from,
      EndPoint to,
      WebSocketTunnel tunnel,
      Components components,
      @Nullable FrameCount frames,
      ByteBuffer closeFrame) {
    this.from = from;
    this.to = to;
    this.tunnel = tunnel;
    this.frames = frames;
    this.closeFrame = closeFrame;
    buffers = components.getByteBufferPool();
    pool = components.getExecutor();
    whenReadable = Callback.from(InvocationType.NON_BLOCKING, this::iterate, tunnel::close);
  }

  /** Takes what was read before the connection became a part of the tunnel. */
  void put(ByteBuffer bytes) {
    first = bytes;
  }

  /** Begins to read and write. */
  void begin() {
    isBegun = true;
    iterate();
  }

  /** Lets a close frame be the last one, as soon as the present frame is complete. */
  void end() {
    isEnding = true;
    if (isBegun) {
      iterate();
    }
  }

  /** Returns whether it waits for the reader. */
  boolean isWriting() {
    return isWriting;
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  protected Action process() throws IOException {
    if (first != null) {
      ByteBuffer bytes = first;
      first = null;
      return relay(bytes);
    }
    if (isEnding && !isEnded && frames != null && frames.isBetweenFrames()) {
      isEnded = true;
      if (!frames.isClosed()) {
        return write(closeFrame);
      }
    }
    if (isEnded) {
      to.shutdownOutput();
    }
    if (inOneGo > MOST_IN_ONE_GO) {
      inOneGo = 0;
      pool.execute(this::iterate);
      return Action.IDLE;
    }
    return read();
  }

  private Action read() throws IOException {
    RetainableByteBuffer into = buffers.acquire(BUFFER_BYTES, true);
    buffer = into;
    int count = from.fill(into.getByteBuffer());
    if (count > 0) {
      inOneGo += count;
      return relay(into.getByteBuffer());
    }
    release();
    if (count == 0) {
      inOneGo = 0;
      from.tryFillInterested(whenReadable);
      return Action.IDLE;
    }
    to.shutdownOutput();
    return Action.SUCCEEDED;
  }

  /** Writes what still goes on, and drops what is behind the end. */
  private Action relay(ByteBuffer bytes) {
    if (frames != null) {
      bytes.limit(bytes.position() + (isEnded ? 0 : frames.count(bytes, isEnding)));
    }
    if (bytes.hasRemaining()) {
      return write(bytes);
    }
    release();
    iterate();
    return Action.IDLE;
  }

  private Action write(ByteBuffer bytes) {
    isWriting = true;
    to.write(this, bytes);
    return Action.SCHEDULED;
  }

  @Override
  protected void onSuccess() {
    isWriting = false;
    release();
  }

  @Override
  protected void onCompleteSuccess() {
    tunnel.ended(this);
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    release();
    tunnel.close(cause);
  }

  private void release() {
    if (buffer != null) {
      buffer.release();
      buffer = null;
    }
  }
}
