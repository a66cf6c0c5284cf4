package dev.intermission.gateway.proxy;

import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Writes an upstream's response to the client as it comes. Where the first bytes are there with the
 * head, both go out together; where they are late, as with a stream of events, the head goes ahead.
 */
abstract class Relay extends IteratingCallback implements Runnable {

  /** So much is relayed in one go by a reading thread; a pool's thread goes on with more. */
  private static final long LARGE_BYTES = 64 << 10;

  private final Content.Source body;
  private final Response client;
  private final Executor pool;

  /** Whether the head goes alone, since Jetty would count an empty body that ends with it. */
  private final boolean headAlone;

  private Content.@Nullable Chunk written;
  private Content.@Nullable Chunk ahead;
  private @Nullable Throwable brokenOff;
  private boolean isCommitted;
  private boolean isLastWritten;
  private boolean isWithPool;
  private long relayed;
  private volatile boolean isWriting;

  Relay(Content.Source body, Response client, Executor pool, boolean headAlone) {
    this.body = body;
    this.client = client;
    this.pool = pool;
    this.headAlone = headAlone;
  }

  /**
   * Is called once, when nothing more goes to the client.
   *
   * @param failure why the client did not get all: a {@link ClientFailure}, or what befell the
   *     upstream
   */
  abstract void ended(@Nullable Throwable failure);

  /** Returns whether it is the client that is waited for. */
  boolean isWriting() {
    return isWriting;
  }

  @Override
  public InvocationType getInvocationType() {
    return isWithPool ? InvocationType.BLOCKING : InvocationType.NON_BLOCKING;
  }

  /** Goes on when there is more to read, or on a thread of the pool. */
  @Override
  public void run() {
    iterate();
  }

  @Override
  protected Action process() throws Throwable {
    if (isLastWritten) {
      return Action.SUCCEEDED;
    }
    if (headAlone && !isCommitted) {
      return write(false, null);
    }
    if (!isWithPool && relayed > LARGE_BYTES) {
      isWithPool = true;
      pool.execute(this);
      return Action.IDLE;
    }
    Content.Chunk chunk = next();
    if (chunk == null) {
      if (!isCommitted) {
        return write(false, null);
      }
      body.demand(Invocable.from(getInvocationType(), this));
      return Action.IDLE;
    }
    if (Content.Chunk.isFailure(chunk)) {
      brokenOff = chunk.getFailure();
      throw brokenOff;
    }
    return write(chunk.isLast() || isFollowedByTheEnd(), chunk);
  }

  private Content.@Nullable Chunk next() {
    Content.Chunk next = ahead == null ? body.read() : ahead;
    ahead = null;
    return next;
  }

  /** So that the last bytes and the end go out together. */
  private boolean isFollowedByTheEnd() {
    ahead = body.read();
    return ahead != null
        && ahead.isLast()
        && !ahead.hasRemaining()
        && !Content.Chunk.isFailure(ahead);
  }

  private Action write(boolean last, Content.@Nullable Chunk chunk) {
    isCommitted = true;
    isLastWritten = last;
    isWriting = true;
    written = chunk;
    relayed += chunk == null ? 0 : chunk.remaining();
    client.write(last, chunk == null ? BufferUtil.EMPTY_BUFFER : chunk.getByteBuffer(), this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onSuccess() {
    isWriting = false;
    release();
  }

  @Override
  protected void onCompleteSuccess() {
    ended(null);
  }

  @Override
  protected void onCompleteFailure(Throwable failure) {
    isWriting = false;
    release();
    if (ahead != null) {
      ahead.release();
      ahead = null;
    }
    ended(failure == brokenOff ? failure : ClientFailure.of(failure));
  }

  private void release() {
    if (written != null) {
      written.release();
      written = null;
    }
  }
}
