package dev.intermission.api.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an admin node tells the others of the counts of a gateway node.
 *
 * @param environment the environment that the node serves
 * @param node its name
 * @param stamp another one each time that the counts are told
 * @param text the counts, in a form that the store does not read
 * @param run the process of the node that counted, as in {@link NodeReport}; null if it is not
 *     known
 * @param number counts up with what that process tells
 */
public record ToldCounts(
    String environment, String node, long stamp, String text, @Nullable String run, long number) {

  public ToldCounts {
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(text, "text");
  }

  /** Makes what is told of a node that does not tell its processes apart. */
  public ToldCounts(String environment, String node, long stamp, String text) {
    this(environment, node, stamp, text, null, 0);
  }
}
