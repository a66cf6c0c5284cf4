package dev.intermission.api.store;

import java.util.Objects;

/**
 * What an admin node tells the others of the counts of a gateway node.
 *
 * @param environment the environment that the node serves
 * @param node its name
 * @param stamp another one each time that the counts are told
 * @param text the counts, in a form that the store does not read
 */
public record ToldCounts(String environment, String node, long stamp, String text) {

  public ToldCounts {
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(text, "text");
  }
}
