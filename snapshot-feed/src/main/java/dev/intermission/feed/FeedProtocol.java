package dev.intermission.feed;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The constants of the protocol between admin nodes and gateway nodes. A node asks an admin node
 *
 * <pre>{@code
 * GET /feed/v1/changes?environment=production&after=7&wait=10000
 * Authorization: Bearer imt_...
 * X-Intermission-Node: gateway-1
 * X-Intermission-Format: 1
 * X-Intermission-Time: 1782900000000
 * X-Intermission-Run: 5f2c8e01d9a44b7c
 * }</pre>
 *
 * <p>for the changes after version 7, acknowledges by the same request that it serves version 7,
 * says which format of settings it reads, what time its clock shows, and which process of the node
 * it is. The answer is 200 with the changes in {@link DeltaJson}'s form, or 204 when there were
 * none for {@code wait} milliseconds. {@code DELETE} with the environment alone says that the node
 * leaves.
 *
 * <p>{@code POST} with the environment alone tells a {@link CountsReport}. The answer is 204, or
 * 409 where the admin node does not know the report before and wants all. A node that counts tells
 * it before it acknowledges a version, once a second at most while something changes, and at once
 * when the last request to a closed proxy ends. An admin node of an older version answers 405.
 * Counts of another run than the one that asked last are not taken for the node's.
 *
 * <p>{@code POST /feed/v1/traces} with the environment, and the header fields with the node and the
 * run, tells what was traced: a report in {@link TraceReportJson}'s form. The answer is 204 when it
 * is durable. What was told already may be told again, to any admin node, and is kept once. The
 * answer is 503 with {@code Retry-After} when it can't be kept now, and 400 or 413 for what is
 * never kept. An admin node of an older version answers 404 or 405.
 */
public final class FeedProtocol {

  /** The path of the feed on an admin node. */
  public static final String PATH = "/feed/v1/changes";

  /** The path on an admin node for what was traced. */
  public static final String TRACES_PATH = "/feed/v1/traces";

  /** The header field with the node's name. */
  public static final String NODE = "X-Intermission-Node";

  /**
   * The header field with the number of the newest format that the node reads: what {@link
   * DeltaJson#FORMAT} is in its program. A node that does not send it reads the first.
   */
  public static final String FORMAT = "X-Intermission-Format";

  /**
   * The header field with the time by the node's clock when it asks, in milliseconds since
   * 1970-01-01T00:00Z. A node need not send it.
   */
  public static final String TIME = "X-Intermission-Time";

  /**
   * The header field with what tells this process of the node from earlier ones of its name: 1 to
   * 64 letters and digits. A node of an older version does not send it.
   */
  public static final String RUN = "X-Intermission-Run";

  /** The query parameter with the environment's name. */
  public static final String ENVIRONMENT = "environment";

  /** The query parameter with the version that the node serves; 0 if it serves none yet. */
  public static final String AFTER = "after";

  /** The query parameter with the time to wait for changes, in milliseconds. */
  public static final String WAIT = "wait";

  /** The longest time to wait for changes; an admin node waits no longer, whatever is asked. */
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /**
   * A node that is silent for longer than this counts as gone: one and a half times the longest
   * wait.
   */
  public static final Duration NODE_LIVES = LONGEST_WAIT.multipliedBy(3).dividedBy(2);

  /** The form of a node's name, in words. */
  public static final String NODE_NAME_FORM = "1 to 128 letters, digits and . _ -";

  private static final int LONGEST_NAME = 128;
  private static final Pattern RUN_FORM = Pattern.compile("[A-Za-z0-9]{1,64}");
  private static final Pattern NODE_NAME =
      Pattern.compile("[A-Za-z0-9._-]{1," + LONGEST_NAME + "}");
  private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^A-Za-z0-9._-]");

  private FeedProtocol() {}

  /** Returns whether a node can have this name. */
  public static boolean isNodeName(String text) {
    return NODE_NAME.matcher(text).matches();
  }

  /** Returns what tells a process that starts from all others. */
  public static String newRun() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /** Returns whether this can be the value of {@link #RUN}. */
  public static boolean isRun(String text) {
    return RUN_FORM.matcher(text).matches();
  }

  /** Returns a name that a node can have and that resembles the text, such as a host's name. */
  public static String toNodeName(String text) {
    String name = NOT_IN_A_NAME.matcher(text).replaceAll("-");
    return name.isEmpty() ? "-" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  /** Returns a name for a node of this machine: its host name and what tells its nodes apart. */
  public static String nodeNameHere(String suffix) {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "localhost";
    }
    return toNodeName(host + suffix);
  }
}
