package dev.intermission.gateway.proxy;

import dev.intermission.jetty.UnreadRequest;
import dev.intermission.trafficlog.capture.BodyCapture;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * The body of a client's request, read as the upstream takes it. Two sides use it: the client of
 * the upstream reads it, and the exchange drops what is left of it when its response is there.
 */
final class ClientBody implements org.eclipse.jetty.client.Request.Content {

  /** From here on a pool's thread reads it, since it could keep a reading thread from others. */
  private static final long LARGE_BYTES = 64 << 10;

  /** Methods whose requests have a body so seldom that a part of it is waited for. */
  private static final Set<String> SELDOM = Set.of("GET", "HEAD", "OPTIONS", "DELETE");

  private final Request request;
  private final long length;
  private Content.@Nullable Chunk first;
  private @Nullable BodyCapture kept;
  private volatile @Nullable HttpFields trailers;
  private volatile boolean isAtEnd;
  private volatile boolean isAwaited;
  private volatile @Nullable ClientFailure clientFailure;
  private volatile @Nullable Throwable stopped;
  private long read;

  // Guarded by this: the two sides may come at the same time.
  private boolean isDemanded;
  private @Nullable Runnable reader;
  private @Nullable Callback dropper;

  private ClientBody(Request request, long length, Content.@Nullable Chunk first) {
    this.request = request;
    this.length = length;
    this.first = first;
  }

  /** Returns the body of a request, or null where it has none. */
  static @Nullable ClientBody of(Request request) {
    long length = request.getLength();
    if (length >= 0) {
      return length == 0 ? null : new ClientBody(request, length, null);
    }
    if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
      boolean chunked = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
      return chunked ? new ClientBody(request, -1, null) : null;
    }
    Content.Chunk first = request.read();
    return first != null && isEmptyEnd(first) ? null : new ClientBody(request, -1, first);
  }

  private static boolean isEmptyEnd(Content.Chunk chunk) {
    return chunk.isLast()
        && !chunk.hasRemaining()
        && !Content.Chunk.isFailure(chunk)
        && !(chunk instanceof Trailers);
  }

  /** Keeps a copy of what the upstream takes, if there is something to keep it in. */
  void keepIn(@Nullable BodyCapture copy) {
    kept = copy;
  }

  /**
   * Returns whether it should be waited for whether there is anything: in HTTP/2 a request may say
   * so only by what follows its head, and how soon.
   */
  boolean mayTurnOutEmpty() {
    return length < 0
        && first == null
        && SELDOM.contains(request.getMethod())
        && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
  }

  @Override
  public long getLength() {
    return length;
  }

  /** Returns null: the client has told the type, or none. */
  @Override
  public @Nullable String getContentType() {
    return null;
  }

  @Override
  public Content.@Nullable Chunk read() {
    Throwable end = stopped == null ? clientFailure : stopped;
    if (end != null) {
      return Content.Chunk.from(end, true);
    }
    Content.Chunk chunk = first == null ? request.read() : first;
    first = null;
    if (chunk == null) {
      return null;
    }
    isAtEnd = chunk.isLast();
    if (Content.Chunk.isFailure(chunk)) {
      clientFailure = ClientFailure.of(chunk.getFailure());
      return Content.Chunk.from(clientFailure, true);
    }
    read += chunk.remaining();
    if (kept != null) {
      keep(kept, chunk);
    }
    if (chunk instanceof Trailers last) {
      trailers = last.getTrailers();
      return Content.Chunk.EOF;
    }
    return chunk;
  }

  private static void keep(BodyCapture copy, Content.Chunk chunk) {
    copy.add(chunk.getByteBuffer());
    if (chunk.isLast()) {
      copy.end();
    }
  }

  /** Returns the fields behind the body once it is read; null where there are none. */
  @Nullable HttpFields trailers() {
    return trailers;
  }

  @Override
  public void demand(Runnable whenThere) {
    boolean demand;
    synchronized (this) {
      if (stopped == null) {
        reader = whenThere;
      }
      demand = reader != null && !isDemanded;
      isDemanded |= demand;
      isAwaited = reader != null;
    }
    if (demand) {
      demandOfClient();
    } else if (stopped != null) {
      whenThere.run();
    }
  }

  private void demandOfClient() {
    Invocable.InvocationType type =
        read < LARGE_BYTES
            ? Invocable.InvocationType.NON_BLOCKING
            : Invocable.InvocationType.BLOCKING;
    request.demand(Invocable.from(type, this::onAvailable));
  }

  private void onAvailable() {
    Runnable next;
    Callback drop;
    synchronized (this) {
      isDemanded = false;
      isAwaited = false;
      next = reader;
      reader = null;
      drop = dropper;
    }
    if (drop != null) {
      UnreadRequest.completePartlyRead(request, drop);
    } else if (next != null) {
      next.run();
    }
  }

  /** Returns whether all of it was read. */
  boolean isAtEnd() {
    return isAtEnd;
  }

  /** Returns whether the upstream waits for the client to send more. */
  boolean isAwaited() {
    return isAwaited;
  }

  /** Returns why the client can't send the rest, or null. */
  @Nullable ClientFailure clientFailure() {
    return clientFailure;
  }

  /** The upstream takes no more. */
  @Override
  public void fail(Throwable cause) {
    Runnable next;
    synchronized (this) {
      stopped = cause;
      isAwaited = false;
      next = reader;
      reader = null;
    }
    if (next != null) {
      next.run();
    }
  }

  /** Drops what is left, and completes the request; nobody reads any more. */
  void drop(Callback completion) {
    synchronized (this) {
      dropper = completion;
      if (isDemanded) {
        return;
      }
    }
    if (first != null) {
      isAtEnd = first.isLast();
      first.release();
    }
    if (isAtEnd) {
      completion.succeeded();
    } else {
      UnreadRequest.completePartlyRead(request, completion);
    }
  }
}
