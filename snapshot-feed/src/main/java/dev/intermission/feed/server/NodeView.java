package dev.intermission.feed.server;

import java.time.Duration;

/**
 * The present state of a node as the admin side sees it.
 *
 * @param name unique in its environment
 * @param live whether it follows the feed
 * @param servedVersion the version that it served when it was last heard of; 0 before its first
 * @param age the time since it was last heard of
 * @param address where its requests come from, empty for a node in this process
 * @param software the software that it runs, empty if unknown
 * @param format the number of the newest format of settings that it reads
 */
public record NodeView(
    String name,
    boolean live,
    long servedVersion,
    Duration age,
    String address,
    String software,
    int format) {

  private static final String THIS_PROCESS = "127.0.0.1";

  /** Returns the IP address of the node; the loopback address for a node in this process. */
  public String ip() {
    return address.isEmpty() ? THIS_PROCESS : address;
  }
}
