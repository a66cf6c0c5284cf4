package dev.intermission.bench.compare;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.intermission.feed.FeedProtocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that follow an admin node as gateways do, each with a connection of its own and all on one
 * thread: they ask for news, wait, and acknowledge a version by asking for the next.
 */
final class SimulatedNodes implements AutoCloseable {

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");
  private static final Pattern VERSION = Pattern.compile("(?i)\r\netag: *\"([0-9]+)\"");

  private final int adminPort;
  private final String token;
  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
  private final Thread thread = new Thread(this::run, "simulated-nodes");

  private volatile Round round = new Round(0, 1);
  private volatile @Nullable IOException failure;

  /** The nodes on their way to a version. */
  private static final class Round {

    private final long version;
    private final CountDownLatch missing;
    private volatile long done;

    Round(long version, int nodes) {
      this.version = version;
      missing = new CountDownLatch(nodes);
    }

    void acknowledged() {
      done = System.nanoTime();
      missing.countDown();
    }
  }

  /** One of them. */
  private static final class Node {

    private final int number;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private long version;
    private long acknowledged;

    Node(int number) {
      this.number = number;
    }

    /** Returns whether it asks after this version for the first time. */
    boolean acknowledges(long expected) {
      boolean first = version == expected && acknowledged != expected;
      acknowledged = version;
      return first;
    }
  }

  /** Prepares to follow the admin node at this port; no node is there yet. */
  SimulatedNodes(int adminPort, String token) throws IOException {
    this.adminPort = adminPort;
    this.token = token;
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts the nodes, and returns when each has acknowledged the version. */
  void start(int count, long version) throws IOException, InterruptedException {
    round = new Round(version, count);
    for (int number = 0; number < count; number++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), adminPort));
      channel.configureBlocking(false);
      Node node = new Node(number);
      ask(channel, node);
      channel.register(selector, SelectionKey.OP_READ, node);
      selector.wakeup();
    }
    await(Duration.ofMinutes(2));
  }

  /** Says that all of these nodes are expected to take this version next. */
  void expect(int count, long version) {
    round = new Round(version, count);
  }

  /** Waits until they have; returns when the last of them did, by the monotonic clock. */
  long await(Duration timeout) throws InterruptedException {
    Round awaited = round;
    if (!awaited.missing.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new CompareException(
          String.format(
              Locale.ROOT,
              "%d nodes did not take version %d within %d s%s",
              awaited.missing.getCount(),
              awaited.version,
              timeout.toSeconds(),
              failure == null ? "" : ": " + failure));
    }
    return awaited.done;
  }

  private void run() {
    try {
      while (selector.isOpen()) {
        selector.select(key -> read((SocketChannel) key.channel(), (Node) key.attachment()));
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  private void read(SocketChannel channel, Node node) {
    try {
      buffer.clear();
      if (channel.read(buffer) < 0) {
        throw new IOException("the admin node closed the connection of node " + node.number);
      }
      node.received.write(copy(buffer.flip()));
      if (isWhole(node)) {
        ask(channel, node);
      }
    } catch (IOException e) {
      failure = e;
      closeQuietly(channel);
    }
  }

  private static byte[] copy(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    return bytes;
  }

  /** Returns whether the answer is there; takes its version then. */
  private static boolean isWhole(Node node) throws IOException {
    String text = node.received.toString(US_ASCII);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    String head = text.substring(0, end);
    Matcher length = LENGTH.matcher(head);
    int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
    if (node.received.size() < end + 4 + body) {
      return false;
    }
    Matcher version = VERSION.matcher(head);
    if (version.find()) {
      node.version = Long.parseLong(version.group(1));
    } else if (!head.startsWith("HTTP/1.1 204")) {
      throw new IOException("node " + node.number + " was answered: " + head);
    }
    node.received.reset();
    return true;
  }

  private void ask(SocketChannel channel, Node node) throws IOException {
    String request =
        String.format(
            Locale.ROOT,
            """
            GET %s?%s=production&%s=%d&%s=%d HTTP/1.1\r
            Host: 127.0.0.1\r
            Authorization: Bearer %s\r
            %s: node-%d\r
            \r
            """,
            FeedProtocol.PATH,
            FeedProtocol.ENVIRONMENT,
            FeedProtocol.AFTER,
            node.version,
            FeedProtocol.WAIT,
            FeedProtocol.LONGEST_WAIT.toMillis(),
            token,
            FeedProtocol.NODE,
            node.number);
    channel.write(ByteBuffer.wrap(request.getBytes(US_ASCII)));
    Round now = round;
    if (node.acknowledges(now.version)) {
      now.acknowledged();
    }
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      System.err.println("a connection can't be closed: " + e);
    }
  }

  /** Ends all nodes. */
  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
