package dev.intermission.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;
import org.jspecify.annotations.Nullable;

/** A client's end of an HTTP/2 connection without TLS, played frame by frame. */
public final class Http2Peer implements AutoCloseable {

  /** What {@link Outcome#reset} is where the stream was not reset. */
  public static final int NONE = -1;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final byte INITIAL_WINDOW_SIZE = 4;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;
  private final HpackDecoder decoder = new HpackDecoder(1 << 16, System::nanoTime);
  private int lastStream = -1;

  private Http2Peer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** Connects to this port of the loopback interface, and sends the preface. */
  public static Http2Peer connect(int port) throws IOException {
    Http2Peer peer = begin(new Socket(InetAddress.getLoopbackAddress(), port));
    peer.frame(SETTINGS, 0, 0, new byte[0]);
    return peer;
  }

  /**
   * Sends the preface on a new connection, with which the other end may send bodies of any size.
   */
  public static Http2Peer on(Socket socket) throws IOException {
    Http2Peer peer = begin(socket);
    byte most = (byte) 0xff;
    peer.frame(SETTINGS, 0, 0, new byte[] {0, INITIAL_WINDOW_SIZE, 0x7f, most, most, most});
    peer.frame(WINDOW_UPDATE, 0, 0, new byte[] {0x7f, 0, 0, 0});
    return peer;
  }

  private static Http2Peer begin(Socket socket) throws IOException {
    Http2Peer peer = new Http2Peer(socket);
    peer.out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
    return peer;
  }

  /**
   * The response on a stream, as far as it came.
   *
   * @param body its bytes, each as one character
   * @param reset the code with which the stream was reset, or {@link #NONE}
   */
  public record Answer(
      int status,
      HttpFields head,
      String body,
      HttpFields trailers,
      int reset,
      boolean connectionEnded) {}

  /** How a stream ended, or the connection in its place. */
  public record Outcome(int status, String body, int reset, boolean connectionEnded) {

    /** Returns whether the request was refused: by a status, a reset, or the connection's end. */
    public boolean isRefused() {
      return status == 400 || status == 501 || reset > 0 || connectionEnded;
    }
  }

  /**
   * Sends a request's head.
   *
   * @param ended whether no body follows
   * @param fields names and values in turn, sent byte for byte
   * @return the stream
   */
  public int request(boolean ended, String... fields) throws IOException {
    return request(ended, block(false, fields));
  }

  /** Sends a request's head that is this block (RFC 7541), and returns the stream. */
  public int request(boolean ended, byte[] block) throws IOException {
    lastStream += 2;
    frame(HEADERS, END_HEADERS | (ended ? END_STREAM : 0), lastStream, block);
    return lastStream;
  }

  /** Sends a part of a body. */
  public void data(int stream, String part, boolean last) throws IOException {
    frame(DATA, last ? END_STREAM : 0, stream, part.getBytes(ISO_8859_1));
  }

  /** Cancels a stream. */
  public void cancel(int stream) throws IOException {
    frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
  }

  /** Returns the header block of these fields, as literals with or without indexing. */
  public static byte[] block(boolean indexed, String... fields) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      block.write(indexed ? 0x40 : 0);
      literal(block, fields[i]);
      literal(block, fields[i + 1]);
    }
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    int left = bytes.length;
    if (left < 127) {
      block.write(left);
    } else {
      block.write(127);
      for (left -= 127; left >= 128; left >>= 7) {
        block.write((left & 127) | 128);
      }
      block.write(left);
    }
    block.writeBytes(bytes);
  }

  /** Sends these characters, each as one byte, without a frame around them. */
  public void raw(String bytes) throws IOException {
    out.write(bytes.getBytes(ISO_8859_1));
    out.flush();
  }

  /** Sends a frame of any kind. */
  public void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    out.writeByte(payload.length >> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
    out.flush();
  }

  /** Sends the fields behind a body, with which the stream ends. */
  public void trailers(int stream, String... fields) throws IOException {
    frame(HEADERS, END_HEADERS | END_STREAM, stream, block(false, fields));
  }

  /** Reads all heads and trailers of this stream up to its end; what else comes is skipped. */
  public List<MetaData> heads(int stream) throws IOException, HpackException {
    List<MetaData> heads = new ArrayList<>();
    while (true) {
      int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int of = in.readInt();
      byte[] payload = in.readNBytes(length);
      if (type == HEADERS) {
        MetaData head = decoder.decode(ByteBuffer.wrap(payload));
        if (of == stream) {
          heads.add(head);
        }
      }
      boolean isEnd = type == RST_STREAM || (flags & END_STREAM) != 0;
      if (of == stream && (type == HEADERS || type == DATA || type == RST_STREAM) && isEnd) {
        return heads;
      }
    }
  }

  /** Reads up to the end of this stream, or of the connection. */
  public Outcome outcome(int stream) throws IOException {
    Answer answer = answer(stream);
    return new Outcome(answer.status(), answer.body(), answer.reset(), answer.connectionEnded());
  }

  /** Reads up to the end of this stream, or of the connection. */
  public Answer answer(int stream) throws IOException {
    int status = 0;
    HttpFields head = HttpFields.EMPTY;
    HttpFields trailers = HttpFields.EMPTY;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      while (true) {
        int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int of = in.readInt();
        byte[] payload = in.readNBytes(length);
        @Nullable MetaData fields =
            type == HEADERS ? decoder.decode(ByteBuffer.wrap(payload)) : null;
        if (type == GOAWAY) {
          return new Answer(status, head, text(body), trailers, NONE, true);
        }
        if (of != stream) {
          continue;
        }
        if (fields instanceof MetaData.Response response) {
          status = response.getStatus();
          head = fields.getHttpFields();
        } else if (fields != null) {
          trailers = fields.getHttpFields();
        } else if (type == DATA) {
          body.writeBytes(payload);
        } else if (type == RST_STREAM) {
          return new Answer(status, head, text(body), trailers, payload[3], false);
        }
        if ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
          return new Answer(status, head, text(body), trailers, NONE, false);
        }
      }
    } catch (EOFException | SocketException e) {
      // The connection has ended.
      return new Answer(status, head, text(body), trailers, NONE, true);
    } catch (HpackException e) {
      throw new IOException(e);
    }
  }

  private static String text(ByteArrayOutputStream body) {
    return body.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
