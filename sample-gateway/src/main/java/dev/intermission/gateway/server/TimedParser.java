package dev.intermission.gateway.server;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http2.Flags;
import org.eclipse.jetty.http2.frames.FrameType;
import org.eclipse.jetty.http2.parser.ServerParser;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RateControl;

/**
 * Jetty's parser of HTTP/2, which also knows since when something comes in that is neither complete
 * nor a part of a body: the preface, a frame, or a head in several frames.
 */
final class TimedParser extends ServerParser {

  private static final long NOTHING = 0;

  private volatile long begun = NOTHING;
  private boolean isStarted;
  private boolean isBetweenFrames;
  private boolean isContinued;

  TimedParser(ByteBufferPool buffers, int maxHeaderBytes, RateControl rate) {
    super(buffers, maxHeaderBytes, rate);
  }

  /** Returns whether something has been coming in for longer than this time. */
  boolean isSlow(long now, long nanos) {
    long since = begun;
    return since != NOTHING && now - since > nanos;
  }

  @Override
  public void parse(ByteBuffer buffer) {
    if (!isStarted && buffer.hasRemaining()) {
      isStarted = true;
      begin();
    }
    super.parse(buffer);
  }

  private void begin() {
    isBetweenFrames = false;
    begun = System.nanoTime() | 1;
  }

  @Override
  protected boolean parseHeader(ByteBuffer buffer) {
    if (isBetweenFrames && buffer.hasRemaining()) {
      begin();
    }
    boolean isComplete = super.parseHeader(buffer);
    if (isComplete) {
      int type = getFrameType();
      boolean isHead =
          type == FrameType.HEADERS.getType() || type == FrameType.CONTINUATION.getType();
      isContinued = isHead && !hasFlag(Flags.END_HEADERS);
      if (type == FrameType.DATA.getType()) {
        begun = NOTHING;
      }
    }
    return isComplete;
  }

  @Override
  protected boolean parseBody(ByteBuffer buffer) {
    boolean isComplete = super.parseBody(buffer);
    if (isComplete && !isContinued) {
      isBetweenFrames = true;
      begun = NOTHING;
    }
    return isComplete;
  }
}
