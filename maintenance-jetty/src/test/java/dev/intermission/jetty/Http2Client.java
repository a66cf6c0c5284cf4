package dev.intermission.jetty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/** One HTTP/2 connection without TLS, frame by frame. */
final class Http2Client implements AutoCloseable {

  private final HTTP2Client client = new HTTP2Client();
  private final Session session;
  private final int port;

  Http2Client(int port) throws Exception {
    this.port = port;
    client.start();
    session =
        client
            .connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                new Session.Listener() {})
            .get(10, TimeUnit.SECONDS);
  }

  /** Starts a request; the body, if there is one, is sent by {@link Exchange#send}. */
  Exchange start(String method, String path, HttpFields fields, boolean hasBody) throws Exception {
    MetaData.Request request =
        new MetaData.Request(
            method, HttpURI.from("http://localhost:" + port + path), HttpVersion.HTTP_2, fields);
    Exchange exchange = new Exchange();
    Stream stream =
        session
            .newStream(new HeadersFrame(request, null, !hasBody), exchange)
            .get(10, TimeUnit.SECONDS);
    exchange.stream.complete(stream);
    return exchange;
  }

  Reply get(String path) throws Exception {
    return start("GET", path, HttpFields.EMPTY, false).reply();
  }

  @Override
  public void close() {
    LifeCycle.stop(client);
  }

  /** A response; the reset is that which came after its end, or null. */
  record Reply(MetaData.Response head, String text, @Nullable Integer reset) {

    @Nullable String field(String name) {
      return head.getHttpFields().get(name);
    }
  }

  /** One request and its response. */
  static final class Exchange implements Stream.Listener {

    private final CompletableFuture<Stream> stream = new CompletableFuture<>();
    private final CompletableFuture<MetaData.Response> head = new CompletableFuture<>();
    private final CompletableFuture<String> body = new CompletableFuture<>();
    private final CompletableFuture<Integer> reset = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public void onHeaders(Stream from, HeadersFrame frame) {
      head.complete((MetaData.Response) frame.getMetaData());
      if (frame.isEndStream()) {
        body.complete("");
      } else {
        from.demand();
      }
    }

    @Override
    public void onDataAvailable(Stream from) {
      Stream.Data data = from.readData();
      if (data == null) {
        from.demand();
        return;
      }
      text.append(StandardCharsets.UTF_8.decode(data.frame().getByteBuffer()));
      boolean last = data.frame().isEndStream();
      data.release();
      if (last) {
        body.complete(text.toString());
      } else {
        from.demand();
      }
    }

    @Override
    public void onReset(Stream from, ResetFrame frame, Callback callback) {
      reset.complete(frame.getError());
      callback.succeeded();
    }

    /** Sends a part of the body, once the part before it is out. */
    void send(byte[] part, boolean last) throws Exception {
      Stream to = stream.get();
      to.data(new DataFrame(to.getId(), ByteBuffer.wrap(part), last)).get(10, TimeUnit.SECONDS);
    }

    Reply reply() throws Exception {
      return new Reply(
          head.get(10, TimeUnit.SECONDS), body.get(10, TimeUnit.SECONDS), reset.getNow(null));
    }
  }
}
