package dev.intermission.gateway.capture;

import dev.intermission.trafficlog.capture.BodyCapture;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** A body that is kept as it is read. */
final class CapturedSource implements Content.Source {

  private final Content.Source source;
  private final BodyCapture body;

  CapturedSource(Content.Source source, BodyCapture body) {
    this.source = source;
    this.body = body;
  }

  /** Returns the chunk, of which a copy is kept. */
  static Content.@Nullable Chunk kept(Content.@Nullable Chunk chunk, BodyCapture body) {
    if (chunk != null && !Content.Chunk.isFailure(chunk)) {
      body.add(chunk.getByteBuffer());
      if (chunk.isLast()) {
        body.end();
      }
    }
    return chunk;
  }

  @Override
  public long getLength() {
    return source.getLength();
  }

  @Override
  public Content.@Nullable Chunk read() {
    return kept(source.read(), body);
  }

  @Override
  public void demand(Runnable whenThere) {
    source.demand(whenThere);
  }

  @Override
  public void fail(Throwable failure) {
    source.fail(failure);
  }

  @Override
  public void fail(Throwable failure, boolean last) {
    source.fail(failure, last);
  }

  @Override
  public boolean rewind() {
    return source.rewind();
  }
}
