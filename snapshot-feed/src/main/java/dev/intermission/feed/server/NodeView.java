package dev.intermission.feed.server;

import java.time.Duration;

/**
 * A node as the admin side sees it now.
 *
 * @param name unique in its environment
 * @param live whether it follows the feed
 * @param servedVersion the version that it served when it was last heard of; 0 before its first
 * @param age how long it was silent
 * @param address where its requests come from, empty for a node in this process
 * @param software what it runs, empty where that is not known
 */
public record NodeView(
    String name, boolean live, long servedVersion, Duration age, String address, String software) {}
