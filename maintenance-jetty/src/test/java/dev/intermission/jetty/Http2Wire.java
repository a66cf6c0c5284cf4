package dev.intermission.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** One HTTP/2 connection, frame by frame as they come on the wire (RFC 9113 section 4.1). */
final class Http2Wire implements AutoCloseable {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int END_STREAM = 1;

  private static final int SETTINGS = 4;
  private static final int END_HEADERS = 4;

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;

  Http2Wire(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    out = new DataOutputStream(socket.getOutputStream());
    in = new DataInputStream(socket.getInputStream());
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    write(SETTINGS, 0, 0, new byte[0]);
  }

  /** A frame; one of flags 1 ends its stream if it is HEADERS or DATA. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Frame(int type, int flags, int stream, byte[] payload) {}

  /**
   * Sends the head of a POST whose body is to come, with a Content-Length if that isn't empty;
   * plain literals of HPACK (RFC 7541).
   */
  void startPost(int stream, String path, String length) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(0x83);
    block.write(0x86);
    literal(block, 0x04, path);
    literal(block, 0x01, "localhost");
    if (!length.isEmpty()) {
      block.write(0x0f);
      literal(block, 28 - 0x0f, length);
    }
    write(HEADERS, END_HEADERS, stream, block.toByteArray());
  }

  /** Sends the head of a request with this method and no {@code :authority}. */
  void start(int stream, String method, String path, String host, boolean ended)
      throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    literal(block, 0x02, method);
    block.write(0x86);
    literal(block, 0x04, path);
    block.write(0x0f);
    literal(block, 38 - 0x0f, host);
    write(HEADERS, END_HEADERS | (ended ? END_STREAM : 0), stream, block.toByteArray());
  }

  private static void literal(ByteArrayOutputStream block, int name, String value) {
    block.write(name);
    block.write(value.length());
    block.writeBytes(value.getBytes(US_ASCII));
  }

  void data(int stream, byte[] part, boolean last) throws IOException {
    write(DATA, last ? END_STREAM : 0, stream, part);
  }

  private void write(int type, int flags, int stream, byte[] payload) throws IOException {
    out.writeByte(payload.length >> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
    out.flush();
  }

  /** Returns the next frame of this stream. */
  Frame next(int stream) throws IOException {
    Frame frame = next();
    while (frame.stream() != stream) {
      frame = next();
    }
    return frame;
  }

  /** Returns the next frame. */
  Frame next() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    return new Frame(
        in.readUnsignedByte(), in.readUnsignedByte(), in.readInt(), in.readNBytes(length));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
